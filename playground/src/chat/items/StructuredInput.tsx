import type { StructuredInput as Question, StructuredInputItem } from 'chatkit-controllers/client';
import { useId, type SubmitEvent } from 'react';
import { useChat, useWorkspace } from '../../state/contexts';
import { useStore } from '../../state/store';

/** Questions of the assistant, with fields for the answers. */
export function StructuredInput({ item }: { item: StructuredInputItem }) {
  const { chat } = useWorkspace();
  const { streaming } = useChat();
  const isPending = item.status === 'pending';
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const answers = Object.fromEntries(
      item.inputs.map(({ id }) => {
        const values = data
          .getAll(id)
          .map(String)
          .filter((value) => value.trim() !== '');
        return [id, { values, skipped: values.length === 0 }];
      }),
    );
    void chat.answerInput(item.id, { status: 'answered', answers });
  };
  const skip = (): void => void chat.answerInput(item.id, { status: 'skipped', answers: {} });
  return (
    <form className="structured-input" onSubmit={submit} aria-label="Questions">
      {item.inputs.map((input) => (
        <QuestionView key={input.id} input={input} itemId={item.id} isPending={isPending} />
      ))}
      {isPending ? (
        <div className="structured-actions">
          <button type="button" className="text-button" disabled={streaming !== undefined} onClick={skip}>
            Skip
          </button>
          <button type="submit" className="text-button primary" disabled={streaming !== undefined}>
            Send answers
          </button>
        </div>
      ) : (
        <p className="structured-status">{item.status === 'answered' ? 'Answered' : 'Skipped'}</p>
      )}
    </form>
  );
}

function QuestionView({ input, itemId, isPending }: { input: Question; itemId: string; isPending: boolean }) {
  const { answer } = input;
  const id = useId();
  if (!isPending) {
    return (
      <div className="question">
        <p className="question-text">{input.question}</p>
        <p className="question-answer">
          {answer === undefined || answer.skipped || answer.values.length === 0
            ? 'Skipped'
            : answer.values.join(', ')}
        </p>
      </div>
    );
  }
  if (input.type === 'multiple_choice') {
    return (
      <fieldset className="question">
        <legend className="question-text">{input.question}</legend>
        {input.options.map(({ value }) => (
          <Choice key={value} itemId={itemId} name={input.id} value={value} multiple={input.multiple} />
        ))}
      </fieldset>
    );
  }
  return (
    <div className="question">
      <label htmlFor={id} className="question-text">
        {input.question}
      </label>
      {input.description !== undefined && <p className="question-hint">{input.description}</p>}
      <FreeText id={id} itemId={itemId} name={input.id} />
    </div>
  );
}

function Choice({
  itemId,
  name,
  value,
  multiple,
}: {
  itemId: string;
  name: string;
  value: string;
  multiple: boolean;
}) {
  const { forms } = useWorkspace();
  const store = forms.field(itemId, multiple ? `${name}=${value}` : name);
  const entered = useStore(store);
  return (
    <label className="choice">
      <input
        type={multiple ? 'checkbox' : 'radio'}
        name={name}
        value={value}
        checked={multiple ? entered === true : entered === value}
        onChange={(event) => store.set(multiple ? event.target.checked : value)}
      />
      {value}
    </label>
  );
}

function FreeText({ id, itemId, name }: { id: string; itemId: string; name: string }) {
  const { forms } = useWorkspace();
  const store = forms.field(itemId, name);
  const entered = useStore(store);
  return (
    <textarea
      id={id}
      name={name}
      rows={2}
      value={typeof entered === 'string' ? entered : ''}
      onChange={(event) => store.set(event.target.value)}
    />
  );
}
