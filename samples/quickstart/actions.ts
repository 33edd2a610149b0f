import { IsEmail, IsString, Length } from 'class-validator';
import { defineAction, FormText } from 'chatkit-controllers';

export class ItemRef {
  @IsString()
  id!: string;
}

export class SignUp {
  @FormText() // without spaces around it
  @Length(1, 80)
  name!: string;

  @FormText()
  @IsEmail()
  email!: string;
}

export class Confirmation {
  @IsString()
  item_id!: string;
}

// Each action's name exists here and nowhere else: handlers and widgets both use its definition.
export const selectItem = defineAction('item.select', ItemRef);
export const starItem = defineAction('item.star', ItemRef, { sync: true });
export const submitForm = defineAction('form.submit', SignUp);
export const acceptConfirmation = defineAction('confirm.accept', Confirmation);
export const dangerousAction = defineAction('dangerous.action');
