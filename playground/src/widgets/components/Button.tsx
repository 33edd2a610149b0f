import type { Button as ButtonData } from 'chatkit-controllers/widgets';
import { LoaderCircle } from 'lucide-react';
import { useContext } from 'react';
import { WidgetIcon } from '../../icons/WidgetIcon';
import { clean } from '../box-style';
import { FormContext, useHost } from '../host';
import { CONTROL_ICON, CONTROL_SIZE, GUTTER_OF_SIZE } from '../tokens';
import type { ComponentProps } from '../types';
import { useAction } from '../use-action';
import { pick } from '../values';

export function Button({ props, path }: ComponentProps<ButtonData>) {
  const { label, submit, style, size = 'md', iconStart, iconEnd, pill, uniform, block, disabled } = props;
  const { fire, isLoading } = useAction(props.onClickAction, path, 'self');
  const isSubmitting = useSubmitting(submit === true);
  const height = pick(CONTROL_SIZE, size, 'control size') ?? 32;
  const iconSize =
    pick(CONTROL_ICON, props.iconSize, 'icon size') ?? (height < 28 ? 14 : height < 40 ? 16 : 20);
  const isBusy = isLoading || isSubmitting;
  const isIconAlone = label === undefined || label === '';
  return (
    <button
      type={submit === true ? 'submit' : 'button'}
      className="w-button"
      data-color={props.color ?? (style === 'primary' ? 'primary' : 'secondary')}
      data-variant={
        props.variant ??
        (style === 'primary' || (props.color !== undefined && props.color !== 'secondary')
          ? 'solid'
          : 'outline')
      }
      data-pill={pill === true || undefined}
      data-block={block === true || undefined}
      data-size={size}
      disabled={disabled === true || isBusy}
      aria-busy={isBusy || undefined}
      aria-label={isIconAlone ? nameOf(iconStart ?? iconEnd) : undefined}
      style={clean({
        height,
        minWidth: uniform === true ? height : undefined,
        padding: uniform === true ? 0 : `0 ${String(pick(GUTTER_OF_SIZE, size, 'control size') ?? 12)}px`,
      })}
      onClick={submit === true ? undefined : () => fire()}
    >
      {isBusy ? (
        <LoaderCircle size={iconSize} className="spin" aria-hidden />
      ) : (
        iconStart !== undefined && <WidgetIcon name={iconStart} size={iconSize} />
      )}
      {!isIconAlone && <span>{label}</span>}
      {iconEnd !== undefined && <WidgetIcon name={iconEnd} size={iconSize} />}
    </button>
  );
}

/** Whether the form around a submit button is being sent. */
function useSubmitting(isSubmit: boolean): boolean {
  const { running } = useHost();
  const form = useContext(FormContext);
  return (
    isSubmit &&
    form !== undefined &&
    running.some(({ path, loading }) => path === form.path && loading === 'self')
  );
}

function nameOf(icon: string | undefined): string {
  return icon?.replace(/^\w+:/, '').replaceAll('-', ' ') ?? 'Button';
}
