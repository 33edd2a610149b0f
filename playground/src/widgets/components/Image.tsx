import type { Image as ImageData } from 'chatkit-controllers/widgets';
import { ContentImage } from '../../ui/ContentImage';
import { blockStyle, clean } from '../box-style';
import { asText } from '../as-text';
import type { ComponentProps } from '../types';
import { color } from '../values';

export function Image({ props }: ComponentProps<ImageData>) {
  const style = clean({
    ...blockStyle(props),
    objectFit: props.fit,
    objectPosition: props.position,
    background: color(props.background, 'surface'),
  });
  const classes = ['w-image', props.frame === true ? 'framed' : '', props.flush === true ? 'flush' : '']
    .filter(Boolean)
    .join(' ');
  return <ContentImage src={asText(props.src)} alt={props.alt ?? ''} style={style} className={classes} />;
}
