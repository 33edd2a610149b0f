"""A store in memory, as the reference's own guides build one: lists ordered by time, cursors that are
ids, and `add` that adds whatever is there already, unless it is one `in_order` of storing that has
each id once. Copies go in and out, as with a database."""

from typing import Any, Callable, TypeVar

from chatkit.store import NotFoundError, Store
from chatkit.types import Attachment, Page, ThreadItem, ThreadMetadata

Row = TypeVar("Row", ThreadItem, ThreadMetadata)


class MemoryStore(Store[Any]):
    def __init__(self, in_order: bool = False) -> None:
        self.in_order = in_order
        self.threads: dict[str, ThreadMetadata] = {}
        self.items: dict[str, list[ThreadItem]] = {}
        self.attachments: dict[str, Attachment] = {}

    async def load_thread(self, thread_id: str, context: Any) -> ThreadMetadata:
        if thread_id not in self.threads:
            raise NotFoundError(f"thread {thread_id}")
        return self.threads[thread_id].model_copy(deep=True)

    async def save_thread(self, thread: ThreadMetadata, context: Any) -> None:
        # A new thread comes as `Thread`, with a page of items that belongs to the answer alone.
        fields = thread.model_dump(exclude={"items"})
        self.threads[thread.id] = ThreadMetadata.model_validate(fields)

    async def delete_thread(self, thread_id: str, context: Any) -> None:
        self.threads.pop(thread_id, None)
        self.items.pop(thread_id, None)

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: Any
    ) -> Page[ThreadMetadata]:
        return self.paginate(list(self.threads.values()), limit, after, order)

    async def load_thread_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: Any
    ) -> Page[ThreadItem]:
        return self.paginate(self.items.get(thread_id, []), limit, after, order)

    async def load_item(self, thread_id: str, item_id: str, context: Any) -> ThreadItem:
        for item in self.items.get(thread_id, []):
            if item.id == item_id:
                return item.model_copy(deep=True)
        raise NotFoundError(f"item {item_id}")

    async def add_thread_item(self, thread_id: str, item: ThreadItem, context: Any) -> None:
        if self.in_order:
            await self.save_item(thread_id, item, context)
            return
        self.items.setdefault(thread_id, []).append(item.model_copy(deep=True))

    async def save_item(self, thread_id: str, item: ThreadItem, context: Any) -> None:
        items = self.items.setdefault(thread_id, [])
        for index, stored in enumerate(items):
            if stored.id == item.id:
                items[index] = item.model_copy(deep=True)
                return
        items.append(item.model_copy(deep=True))

    async def delete_thread_item(self, thread_id: str, item_id: str, context: Any) -> None:
        kept = [item for item in self.items.get(thread_id, []) if item.id != item_id]
        self.items[thread_id] = kept

    async def save_attachment(self, attachment: Attachment, context: Any) -> None:
        self.attachments[attachment.id] = attachment.model_copy(deep=True)

    async def load_attachment(self, attachment_id: str, context: Any) -> Attachment:
        if attachment_id not in self.attachments:
            raise NotFoundError(f"attachment {attachment_id}")
        return self.attachments[attachment_id].model_copy(deep=True)

    async def delete_attachment(self, attachment_id: str, context: Any) -> None:
        self.attachments.pop(attachment_id, None)

    def paginate(self, rows: list[Row], limit: int, after: str | None, order: str) -> Page[Row]:
        is_reverse = order == "desc"
        by_time: Callable[[Row], Any] = lambda row: row.created_at.timestamp()
        ordered = rows[:: -1 if is_reverse else 1]
        if not self.in_order:
            ordered = sorted(rows, key=by_time, reverse=is_reverse)
        ids = [row.id for row in ordered]
        start = ids.index(after) + 1 if after in ids else 0
        data = [row.model_copy(deep=True) for row in ordered[start : start + limit]]
        has_more = start + limit < len(ordered)
        return Page(data=data, has_more=has_more, after=data[-1].id if has_more and data else None)
