import 'reflect-metadata';
import { IsString } from 'class-validator';

/** The payload; decorated by hand, since JavaScript has no decorators yet. */
export class SelectItem {}
IsString()(SelectItem.prototype, 'id');
