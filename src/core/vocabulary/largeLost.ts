/** Whether what is lost of a connection are segments of the full size only. */
export const enum LargeLost {
  NotKnown,
  /** All that are in flight are, and none has ever been acknowledged, while smaller ones were. */
  All,
  /** Those that are lost are, and a smaller one that was sent later has arrived. */
  SmallArrived,
  /** All are, from the first on, on a connection whose peer has sent data: its handshake came through. */
  FromFirst,
}
