import type { Card as CardData } from 'chatkit-controllers/widgets';
import { LoaderCircle } from 'lucide-react';
import { useMemo } from 'react';
import { borderStyle, clean, sides } from '../box-style';
import { FormContext, useHost, type FormScope } from '../host';
import { Children } from '../Node';
import { CARD_WIDTH } from '../tokens';
import { join, type ComponentProps } from '../types';
import { useAction } from '../use-action';
import { color, pick } from '../values';
import { Status } from './Status';

type CardAction = NonNullable<CardData['confirm']>;

/** The root of most widgets. */
export function Card({ props, path }: ComponentProps<CardData>) {
  const isForm = props.asForm === true;
  const scope = useMemo<FormScope>(() => ({ path: join(path, 'confirm'), fields: new Map() }), [path]);
  if (!isForm) return <CardFrame props={props} path={path} />;
  return (
    <FormContext value={scope}>
      <CardForm props={props} path={path} />
    </FormContext>
  );
}

function CardForm({ props, path }: ComponentProps<CardData>) {
  const confirm = useAction(props.confirm?.action, join(path, 'confirm'), 'container');
  return (
    <form
      className="w-card-form"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        confirm.fire();
      }}
    >
      <CardFrame props={props} path={path} />
    </form>
  );
}

function CardFrame({ props, path }: ComponentProps<CardData>) {
  const { running } = useHost();
  const isBusy = running.some(({ loading }) => loading === 'container');
  const { confirm, cancel } = props;
  const style = clean({
    maxWidth: pick(CARD_WIDTH, props.size ?? 'md', 'card size'),
    background: color(props.background, 'surface'),
    ...borderStyle(props.border),
  });
  return (
    <section
      className="w-card"
      data-theme={props.theme}
      data-size={props.size ?? 'md'}
      style={style}
      aria-busy={isBusy || undefined}
      inert={isBusy}
    >
      {props.status !== undefined && props.status !== null && <Status status={props.status} />}
      {props.collapsed !== true && (
        <div className="w-card-body" style={sides('padding', props.padding)}>
          <Children of={props.children} path={path} />
        </div>
      )}
      {(confirm ?? cancel) !== undefined && (
        <footer className="w-card-footer">
          {cancel !== undefined && (
            <FooterButton action={cancel} path={join(path, 'cancel')} kind="cancel" submit={false} />
          )}
          {confirm !== undefined && (
            <FooterButton
              action={confirm}
              path={join(path, 'confirm')}
              kind="confirm"
              submit={props.asForm === true}
            />
          )}
        </footer>
      )}
    </section>
  );
}

interface FooterButtonProps {
  action: CardAction;
  path: string;
  kind: 'confirm' | 'cancel';
  submit: boolean;
}

function FooterButton({ action: { label, action }, path, kind, submit }: FooterButtonProps) {
  const { running } = useHost();
  const { fire } = useAction(action, path, 'container');
  const isRunning = running.some((each) => each.path === path && each.loading !== 'none');
  return (
    <button
      type={submit ? 'submit' : 'button'}
      className="w-button"
      data-color={kind === 'confirm' ? 'primary' : 'secondary'}
      data-variant={kind === 'confirm' ? 'solid' : 'outline'}
      data-pill
      disabled={isRunning}
      style={{ height: 32, padding: '0 14px' }}
      onClick={submit ? undefined : () => fire()}
    >
      {isRunning && <LoaderCircle size={16} className="spin" aria-hidden />}
      <span>{label}</span>
    </button>
  );
}
