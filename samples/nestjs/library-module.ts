import { Controller, Get, Inject, Module } from '@nestjs/common';
import { Books, type Book } from './books.js';
import { LibraryController } from './library-controller.js';
import { Members, MembersOnly } from './members.js';

/** An ordinary controller of Nest: it sees what was borrowed in the chat. */
@Controller('books')
class BooksController {
  constructor(@Inject(Books) private readonly books: Books) {}

  @Get()
  all(): readonly Book[] {
    return this.books.all();
  }
}

@Module({ controllers: [BooksController], providers: [Books, Members, MembersOnly, LibraryController] })
export class LibraryModule {}
