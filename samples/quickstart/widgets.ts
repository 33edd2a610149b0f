import type { WidgetComponent, WidgetRoot } from 'chatkit-controllers';
import {
  Badge,
  Button,
  Card,
  Form,
  Icon,
  Input,
  Label,
  ListView,
  ListViewItem,
  Row,
  Spacer,
  Text,
  Title,
} from 'chatkit-controllers/widgets';
import { acceptConfirmation, dangerousAction, selectItem, starItem, submitForm } from './actions';
import type { Item } from './items';

/** Marks the row that is selected: the widget itself remembers which one it is. */
const SELECTED = 'selected';

export function itemList(items: readonly Item[], selected?: string): ListView {
  return ListView({ children: items.map((item) => itemRow(item, item.id === selected)) });
}

function itemRow(item: Item, isSelected: boolean): ListViewItem {
  return ListViewItem({
    key: item.id,
    gap: 2,
    align: 'center',
    onClickAction: selectItem({ id: item.id }),
    children: [
      Text({ value: item.title, weight: isSelected ? 'semibold' : 'normal' }),
      isSelected && Badge({ key: SELECTED, label: 'Selected', color: 'info' }),
      item.confirmed && Badge({ key: 'confirmed', label: 'Confirmed', color: 'success' }),
      Spacer(),
      Button({
        key: 'star',
        label: item.starred ? 'Starred' : 'Star',
        iconStart: item.starred ? 'star-filled' : 'star',
        variant: 'ghost',
        size: 'sm',
        onClickAction: starItem({ id: item.id }),
      }),
    ],
  });
}

/** The id of the item that a list shows as selected. */
export function selectedIn(list: WidgetRoot): string | undefined {
  return childrenOf(list).find((row) => childrenOf(row).some(({ key }) => key === SELECTED))?.key;
}

function childrenOf({ children }: WidgetComponent): WidgetComponent[] {
  return Array.isArray(children) ? (children as WidgetComponent[]) : [];
}

export function signUpForm(): Card {
  return Card({
    children: [
      Title({ value: 'Stay informed', size: 'sm' }),
      Form({
        direction: 'col',
        gap: 2,
        // Everything comes from the form's fields, whose names are those of the payload.
        onSubmitAction: submitForm.form(),
        children: [
          Label({ value: 'Name', fieldName: 'name' }),
          Input({ name: 'name', placeholder: 'Ada Lovelace' }),
          Label({ value: 'Email', fieldName: 'email' }),
          Input({ name: 'email', inputType: 'email', placeholder: 'ada@example.com' }),
          Button({ label: 'Send', submit: true, style: 'primary' }),
        ],
      }),
    ],
  });
}

export function confirmationCard(item: Item): Card {
  return Card({
    children: [
      Title({ value: `Order the ${item.title.toLowerCase()}?`, size: 'sm' }),
      Text({ value: 'Your confirmation is stored, and is still there after a restart.' }),
    ],
    confirm: { label: 'Confirm', action: acceptConfirmation({ item_id: item.id }) },
  });
}

export function confirmedCard(item: Item): Card {
  return Card({
    children: Row({
      gap: 2,
      align: 'center',
      children: [
        Icon({ name: 'check-circle-filled', color: 'success' }),
        Text({ value: `${item.title}: confirmed`, weight: 'semibold' }),
      ],
    }),
  });
}

export function dangerCard(): Card {
  return Card({
    children: [
      Text({ value: 'Only admins may do this.' }),
      Button({ label: 'Do something dangerous', color: 'danger', onClickAction: dangerousAction() }),
    ],
  });
}
