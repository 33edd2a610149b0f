import type { Checkbox as CheckboxData } from 'chatkit-controllers/widgets';
import { useControlName } from '../labels';
import type { ComponentProps } from '../types';
import { useAction } from '../use-action';
import { useField } from '../use-field';

export function Checkbox({ props, path }: ComponentProps<CheckboxData>) {
  const { value, set, id } = useField(props.name, props.defaultChecked ?? false);
  const called = useControlName(props.name);
  const { fire } = useAction(props.onChangeAction, path, 'none');
  return (
    <label className="w-checkbox" data-disabled={props.disabled === true || undefined}>
      <input
        id={id}
        type="checkbox"
        name={props.name}
        checked={value}
        required={props.required}
        disabled={props.disabled}
        aria-label={props.label === undefined && !called.hasLabel ? called.text : undefined}
        onChange={(event) => {
          set(event.target.checked);
          fire([props.name, event.target.checked]);
        }}
      />
      {props.label !== undefined && <span>{props.label}</span>}
    </label>
  );
}
