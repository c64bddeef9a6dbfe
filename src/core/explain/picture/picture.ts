import type { Picture } from '../explanation';
import type { Localizer } from '../../wording/text';
import { drawDiagram } from './diagram';
import type { Palette } from './palette';
import { drawSequence } from './sequence';

/** Draws a picture of an explanation, with its text alternative. */
export function drawPicture(
  picture: Picture,
  palette: Palette,
  localizer: Localizer,
): { readonly svg: string; readonly alt: string } {
  return picture.kind === 'sequence'
    ? drawSequence(picture.sequence, palette, localizer)
    : drawDiagram({ current: picture.state }, palette, localizer);
}
