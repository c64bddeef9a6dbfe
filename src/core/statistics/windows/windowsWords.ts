/** `Statistics` in the languages of Windows. */
export const STATISTICS =
  /stat[iy]sti|estad[ií]sti|estat[ií]sti|istatisti|tilasto|статист|στατιστ|統計|统计|통계/i;
