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
import type { Localizer } from '../wording/text';

/** Explains a part of a row; null if there is nothing to say. */
export function explainField(target: FieldTarget, localizer: Localizer): Explanation | null {
  const { field, socket, context } = target;
  switch (field) {
    case Field.Protocol:
      return explainProtocol(target, localizer);
    case Field.State:
      return socket.state === null
        ? explainOtherState(target, localizer)
        : explainRowState(socket, socket.state, context, localizer);
    case Field.RecvQ:
      return explainQueue(target, false, localizer);
    case Field.SendQ:
      return explainQueue(target, true, localizer);
    case Field.Local:
    case Field.LocalAddress:
      return explainAddress(target, false, localizer);
    case Field.Remote:
    case Field.RemoteAddress:
      return explainAddress(target, true, localizer);
    case Field.LocalPort:
      return explainPort(target, false, localizer);
    case Field.RemotePort:
      return explainPort(target, true, localizer);
    case Field.LocalScope:
      return explainScope(target, false, localizer);
    case Field.RemoteScope:
      return explainScope(target, true, localizer);
    case Field.Pid:
      return explainPid(target, localizer);
    case Field.Process:
      return explainProgram(target, localizer);
    case Field.Fd:
      return explainFd(target, localizer);
    case Field.Inode:
      return explainInode(target, localizer);
    case Field.User:
      return explainUser(target, localizer);
    case Field.Timer:
    case Field.TimerKind:
      return explainTimer(target, localizer);
    case Field.Component:
      return explainComponent(target, localizer);
    case Field.Handle:
      return explainHandle(target, localizer);
    case Field.Detail:
      return explainDetail(target, localizer);
    case Field.Count:
      return null;
  }
}
