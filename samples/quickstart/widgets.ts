import type { WidgetComponent, WidgetRoot } from 'chatkit-controllers';
import { acceptConfirmation, dangerousAction, selectItem, starItem, submitForm } from './actions';
import type { Item } from './items';

/** Marks the row that is selected: the widget itself remembers which one it is. */
const SELECTED = 'selected';

export function itemList(items: readonly Item[], selected?: string): WidgetRoot {
  return { type: 'ListView', children: items.map((item) => itemRow(item, item.id === selected)) };
}

function itemRow(item: Item, isSelected: boolean): WidgetComponent {
  return {
    type: 'ListViewItem',
    key: item.id,
    gap: 2,
    align: 'center',
    onClickAction: selectItem({ id: item.id }),
    children: [
      { type: 'Text', value: item.title, weight: isSelected ? 'semibold' : 'normal' },
      ...(isSelected ? [{ type: 'Badge', key: SELECTED, label: 'Selected', color: 'info' }] : []),
      ...(item.confirmed ? [{ type: 'Badge', key: 'confirmed', label: 'Confirmed', color: 'success' }] : []),
      { type: 'Spacer' },
      {
        type: 'Button',
        key: 'star',
        label: item.starred ? 'Starred' : 'Star',
        iconStart: item.starred ? 'star-filled' : 'star',
        variant: 'ghost',
        size: 'sm',
        onClickAction: starItem({ id: item.id }),
      },
    ],
  };
}

/** The id of the item that a list shows as selected. */
export function selectedIn(list: WidgetRoot): string | undefined {
  return childrenOf(list).find((row) => childrenOf(row).some(({ key }) => key === SELECTED))?.key;
}

function childrenOf({ children }: WidgetComponent): WidgetComponent[] {
  return Array.isArray(children) ? (children as WidgetComponent[]) : [];
}

export function signUpForm(): WidgetRoot {
  return {
    type: 'Card',
    children: [
      { type: 'Title', value: 'Stay informed', size: 'sm' },
      {
        type: 'Form',
        direction: 'col',
        gap: 2,
        // Everything comes from the form's fields, whose names are those of the payload.
        onSubmitAction: submitForm.form(),
        children: [
          { type: 'Label', value: 'Name', fieldName: 'name' },
          { type: 'Input', name: 'name', placeholder: 'Ada Lovelace' },
          { type: 'Label', value: 'Email', fieldName: 'email' },
          { type: 'Input', name: 'email', inputType: 'email', placeholder: 'ada@example.com' },
          { type: 'Button', label: 'Send', submit: true, style: 'primary' },
        ],
      },
    ],
  };
}

export function confirmationCard(item: Item): WidgetRoot {
  return {
    type: 'Card',
    children: [
      { type: 'Title', value: `Order the ${item.title.toLowerCase()}?`, size: 'sm' },
      { type: 'Text', value: 'Your confirmation is stored, and is still there after a restart.' },
    ],
    confirm: { label: 'Confirm', action: acceptConfirmation({ item_id: item.id }) },
  };
}

export function confirmedCard(item: Item): WidgetRoot {
  return {
    type: 'Card',
    children: [
      {
        type: 'Row',
        gap: 2,
        align: 'center',
        children: [
          { type: 'Icon', name: 'check-circle-filled', color: 'success' },
          { type: 'Text', value: `${item.title}: confirmed`, weight: 'semibold' },
        ],
      },
    ],
  };
}

export function dangerCard(): WidgetRoot {
  return {
    type: 'Card',
    children: [
      { type: 'Text', value: 'Only admins may do this.' },
      { type: 'Button', label: 'Do something dangerous', color: 'danger', onClickAction: dangerousAction() },
    ],
  };
}
