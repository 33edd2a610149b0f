import type { Form as FormData } from 'chatkit-controllers/widgets';
import { useMemo } from 'react';
import { boxStyle } from '../box-style';
import { FormContext, type FormScope } from '../host';
import { Children } from '../Node';
import type { ComponentProps } from '../types';
import { useAction } from '../use-action';

export function Form({ props, path }: ComponentProps<FormData>) {
  const scope = useMemo<FormScope>(() => ({ path, fields: new Map() }), [path]);
  return (
    <FormContext value={scope}>
      <FormBody props={props} path={path} />
    </FormContext>
  );
}

/** Rendered within the form's scope, so that its action includes the fields. */
function FormBody({ props, path }: ComponentProps<FormData>) {
  const { fire } = useAction(props.onSubmitAction, path, 'self');
  return (
    <form
      className="w-form"
      style={boxStyle(props, props.direction ?? 'col')}
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        fire();
      }}
    >
      <Children of={props.children} path={path} />
    </form>
  );
}
