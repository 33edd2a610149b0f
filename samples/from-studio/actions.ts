import { IsInt, IsString, Matches, Max, Min } from 'class-validator';
import { defineAction, FormNumber } from 'chatkit-controllers';

export class Booking {
  /** The template puts it into the button. */
  @IsString()
  restaurantId!: string;

  /** What follows are the form's fields. */
  @Matches(/^\d\d:\d\d$/)
  time!: string;

  @FormNumber() // an Input sends text
  @IsInt()
  @Min(1)
  @Max(12)
  guests!: number;
}

export class Dismissal {
  @IsString()
  restaurantId!: string;
}

export const bookTable = defineAction('table.book', Booking);
export const dismissTable = defineAction('table.dismiss', Dismissal);
