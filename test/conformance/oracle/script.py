"""Interprets the scripts of scenarios: what a handler does, step by step. `language.ts` beside this
folder says what each step means; our own interpreter is `controller.ts`."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chatkit.errors import CustomStreamError, ErrorCode, StreamError
from chatkit.server import ChatKitServer, stream_widget
from chatkit.types import (
    Attachment,
    ClientEffectEvent,
    HiddenContextItem,
    ProgressUpdateEvent,
    ThreadItem,
    ThreadMetadata,
    ThreadStatus,
    ThreadStreamEvent,
)
from chatkit.widgets import DynamicWidgetComponent, DynamicWidgetRoot
from pydantic import BaseModel, TypeAdapter, ValidationError

EVENT = TypeAdapter(ThreadStreamEvent)
ITEM = TypeAdapter(ThreadItem)
STATUS = TypeAdapter(ThreadStatus)
ATTACHMENT = TypeAdapter(Attachment)

Json = dict[str, Any]


@dataclass
class Script:
    """One request's script, and what is going on with it."""

    steps: list[Json]
    settings: Json
    times: dict[tuple[str, str], datetime]
    """When the items of the session were made, by thread and id."""
    released: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    raised: Json | None = None

    def fail(self, error: Exception) -> None:
        self.raised = {"type": type(error).__name__, "message": describe(error)}
        self.over.set()


def describe(error: Exception) -> str:
    """What went wrong, without links and versions."""
    if not isinstance(error, ValidationError):
        return str(error)
    problems = error.errors(include_url=False, include_input=False)
    return "; ".join(f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in problems)


def to_item(data: Json, thread: ThreadMetadata, script: Script) -> ThreadItem:
    """An item without a time has the one with which it was first made."""
    made = script.times.setdefault((thread.id, data["id"]), datetime.now())
    data = {"thread_id": thread.id, "created_at": made, **data}
    if data["type"] == "widget" and isinstance(data.get("widget"), dict):
        data["widget"] = DynamicWidgetRoot.model_validate(data["widget"])
    return ITEM.validate_python(data)


def to_event(data: Json, thread: ThreadMetadata, script: Script) -> ThreadStreamEvent:
    data = dict(data)
    if isinstance(data.get("item"), dict):
        data["item"] = to_item(data["item"], thread, script)
    if isinstance(data.get("thread"), dict):
        data["thread"] = {**data["thread"], "id": thread.id, "created_at": thread.created_at}
    update = data.get("update")
    if isinstance(update, dict) and "widget" in update:
        data["update"] = {**update, "widget": DynamicWidgetRoot.model_validate(update["widget"])}
    if isinstance(update, dict) and "component" in update:
        component = DynamicWidgetComponent.model_validate(update["component"])
        data["update"] = {**update, "component": component}
    return EVENT.validate_python(data)


def to_error(problem: Json) -> Exception:
    retry = {"allow_retry": problem["retry"]} if "retry" in problem else {}
    if "custom" in problem:
        return CustomStreamError(problem["custom"], **retry)
    if "stream" in problem:
        return StreamError(ErrorCode(problem["stream"]), **retry)
    return RuntimeError(problem["other"])


def change_thread(thread: ThreadMetadata, changes: Json) -> None:
    for name, value in changes.items():
        setattr(thread, name, STATUS.validate_python(value) if name == "status" else value)


def dump(value: BaseModel | None) -> Json:
    if value is None:
        return {}
    dumped = value.model_dump(mode="json", by_alias=True, exclude_none=True)
    if isinstance(value, HiddenContextItem):
        dumped["content"] = value.content
    return dumped


async def perform(
    steps: list[Json],
    server: ChatKitServer[Any],
    thread: ThreadMetadata,
    script: Script,
    known: dict[str, BaseModel | None],
) -> AsyncIterator[ThreadStreamEvent]:
    """The events of a streaming handler."""
    for step in steps:
        [(kind, value)] = [(key, step[key]) for key in step if key != "copyText"]
        match kind:
            case "emit":
                if value["type"] == "thread.item.removed":
                    script.times.pop((thread.id, value["item_id"]), None)  # what comes back is new
                yield to_event(value, thread, script)
            case "widgets":
                async for event in stream_widget(thread, states(value), copy_text=step.get("copyText")):
                    yield event
            case "tell":
                yield ClientEffectEvent(name=value, data=await tell(value, server, thread, script, known))
            case "pause":
                yield ProgressUpdateEvent(text="paused")
                await script.released.wait()
            case _:
                await act(kind, value, server, thread, script)


async def act(
    kind: str, value: Any, server: ChatKitServer[Any], thread: ThreadMetadata, script: Script
) -> None:
    """A step that yields nothing."""
    store = server.store
    match kind:
        case "throw":
            raise to_error(value)
        case "thread":
            change_thread(thread, value)
        case "add":
            await store.add_thread_item(thread.id, to_item(value, thread, script), script)
        case "save":
            await store.save_item(thread.id, to_item(value, thread, script), script)
        case "delete":
            script.times.pop((thread.id, value), None)
            await store.delete_thread_item(thread.id, value, script)
        case "attach":
            await store.save_attachment(ATTACHMENT.validate_python(value), script)
        case _:
            raise ValueError(f"no such step: {kind}")


async def states(roots: list[Json]) -> AsyncIterator[DynamicWidgetRoot]:
    for root in roots:
        yield DynamicWidgetRoot.model_validate(root)


async def tell(
    what: str,
    server: ChatKitServer[Any],
    thread: ThreadMetadata,
    script: Script,
    known: dict[str, BaseModel | None],
) -> Json:
    """What a handler gets to see."""
    if what == "items":
        page = await server.store.load_thread_items(thread.id, None, 100, "asc", script)
        return {"items": [dump(item) for item in page.data]}
    if what == "thread":
        shown = dump(thread)
        shown.pop("items", None)
        return shown
    return dump(known.get(what))
