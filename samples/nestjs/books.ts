import { Injectable } from '@nestjs/common';
import { ConflictError, NotFoundError } from 'chatkit-controllers';

export interface Book {
  id: string;
  title: string;
  /** The id of the member who has it. */
  lentTo?: string;
}

/** Shared by the chat and the REST controller: one instance, Nest's. */
@Injectable()
export class Books {
  private readonly books: Book[] = [
    { id: 'b1', title: 'Gardens in the north' },
    { id: 'b2', title: 'A history of bridges' },
  ];

  all(): readonly Book[] {
    return this.books;
  }

  /** @throws NotFoundError, ConflictError: their messages are made for users */
  lend(id: string, member: string): Book {
    const book = this.books.find((each) => each.id === id);
    if (book === undefined) throw new NotFoundError(`There is no book "${id}".`);
    if (book.lentTo !== undefined) throw new ConflictError(`“${book.title}” is lent already.`);
    book.lentTo = member;
    return book;
  }
}
