import { Field } from '../model/field';
import type { Explanation } from './explanation';
import { explainAddress, explainPort, explainScope } from './fields/endpoint';
import {
  explainComponent,
  explainFd,
  explainHandle,
  explainInode,
  explainPid,
  explainProgram,
  explainUser,
} from './fields/owner';
import { explainQueue } from './fields/queue';
import { explainTimer } from './fields/timer';
import { explainDetail, explainOtherState, explainProtocol } from './fields/word';
import { explainRowState } from './state';
import type { FieldTarget } from './target';
import type { Teller } from '../wording/text';

/** Explains a part of a row; null where there is nothing to say. */
export function explainField(target: FieldTarget, teller: Teller): Explanation | null {
  const { field, socket, context } = target;
  switch (field) {
    case Field.Protocol:
      return explainProtocol(target, teller);
    case Field.State:
      return socket.state === null
        ? explainOtherState(target, teller)
        : explainRowState(socket, socket.state, context, teller);
    case Field.RecvQ:
      return explainQueue(target, false, teller);
    case Field.SendQ:
      return explainQueue(target, true, teller);
    case Field.Local:
    case Field.LocalAddress:
      return explainAddress(target, false, teller);
    case Field.Remote:
    case Field.RemoteAddress:
      return explainAddress(target, true, teller);
    case Field.LocalPort:
      return explainPort(target, false, teller);
    case Field.RemotePort:
      return explainPort(target, true, teller);
    case Field.LocalScope:
      return explainScope(target, false, teller);
    case Field.RemoteScope:
      return explainScope(target, true, teller);
    case Field.Pid:
      return explainPid(target, teller);
    case Field.Process:
      return explainProgram(target, teller);
    case Field.Fd:
      return explainFd(target, teller);
    case Field.Inode:
      return explainInode(target, teller);
    case Field.User:
      return explainUser(target, teller);
    case Field.Timer:
    case Field.TimerKind:
      return explainTimer(target, teller);
    case Field.Component:
      return explainComponent(target, teller);
    case Field.Handle:
      return explainHandle(target, teller);
    case Field.Detail:
      return explainDetail(target, teller);
    case Field.Count:
      return null;
  }
}
