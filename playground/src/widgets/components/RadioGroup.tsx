import type { RadioGroup as RadioGroupData } from 'chatkit-controllers/widgets';
import { useHost } from '../host';
import { useControlName } from '../labels';
import type { ComponentProps } from '../types';
import { useAction } from '../use-action';
import { useField } from '../use-field';

export function RadioGroup({ props, path }: ComponentProps<RadioGroupData>) {
  const { itemId } = useHost();
  const { value, set, id } = useField(props.name, props.defaultValue ?? '');
  const called = useControlName(props.name);
  const { fire } = useAction(props.onChangeAction, path, 'none');
  return (
    <div
      id={id}
      role="radiogroup"
      aria-label={props.ariaLabel ?? called.text}
      aria-required={props.required}
      className="w-radios"
      data-direction={props.direction ?? 'row'}
    >
      {(props.options ?? []).map((option) => (
        <label
          key={option.value}
          className="w-radio"
          data-disabled={option.disabled === true || props.disabled === true || undefined}
        >
          <input
            type="radio"
            name={`${itemId} ${props.name}`}
            value={option.value}
            checked={value === option.value}
            required={props.required}
            disabled={option.disabled === true || props.disabled === true}
            onChange={() => {
              set(option.value);
              fire([props.name, option.value]);
            }}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}
