import { Transform } from 'class-transformer';
import { IsEmail, IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { defineAction } from 'chatkit-controllers';

const trim = ({ value }: { value: unknown }): unknown => (typeof value === 'string' ? value.trim() : value);

export class ItemRef {
  @IsString()
  id!: string;
}

export class SignUp {
  @Transform(trim)
  @IsString()
  @IsNotEmpty()
  @MaxLength(80)
  name!: string;

  @IsEmail()
  email!: string;
}

export class Confirmation {
  @IsString()
  item_id!: string;
}

// Each action's name exists here and nowhere else: handlers and widgets both use the link.
export const selectItem = defineAction('item.select', ItemRef);
export const starItem = defineAction('item.star', ItemRef, { sync: true });
export const submitForm = defineAction('form.submit', SignUp);
export const acceptConfirmation = defineAction('confirm.accept', Confirmation);
export const dangerousAction = defineAction('dangerous.action');
