"""The reference behind HTTP, as its guides serve it, with a few routes of control for the scenarios.

    POST   /<session>/chatkit    the endpoint itself; the header x-script names the request's script
    PUT    /<session>/scripts/<id>    what the handler of one request is to do
    POST   /<session>/scripts/<id>/release    lets a paused handler go on
    GET    /<session>/scripts/<id>    waits until the request is over; what it raised, if anything
    GET    /<session>/state    everything stored, hidden items included; what has been logged since
    DELETE /<session>
"""

import logging
import os
import sys
import threading
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import uvicorn
from chatkit.actions import Action
from chatkit.server import ChatKitServer, StreamingResult
from chatkit.store import AttachmentStore
from chatkit.types import (
    Attachment,
    AttachmentCreateParams,
    AttachmentUploadDescriptor,
    AudioInput,
    FileAttachment,
    ImageAttachment,
    StreamOptions,
    SyncCustomActionResponse,
    ThreadItem,
    ThreadMetadata,
    ThreadStreamEvent,
    TranscriptionResult,
    UserMessageItem,
    WidgetItem,
)
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import AnyUrl
from script import Json, Script, act, dump, perform, to_item
from store import MemoryStore

logging.disable(logging.CRITICAL)  # scenarios provoke errors; what was raised is told where asked for


class TwoPhaseUploads(AttachmentStore[Script]):
    async def create_attachment(self, input: AttachmentCreateParams, context: Script) -> Attachment:
        id = self.generate_attachment_id(input.mime_type, context)
        fields: dict[str, Any] = {
            "id": id,
            "name": input.name,
            "mime_type": input.mime_type,
            "metadata": {"size": input.size},
            "upload_descriptor": AttachmentUploadDescriptor(
                url=AnyUrl(f"https://files.example/{id}"), method="PUT", headers={"x-size": str(input.size)}
            ),
        }
        if input.mime_type.startswith("image/"):
            return ImageAttachment(preview_url=AnyUrl(f"https://files.example/{id}/preview"), **fields)
        return FileAttachment(**fields)

    async def delete_attachment(self, attachment_id: str, context: Script) -> None:
        pass


class Server(ChatKitServer[Script]):
    """Its handlers do what the request's script says. Those that the session does without are the base's."""

    store: MemoryStore

    def __init__(self, without: list[str]) -> None:
        super().__init__(MemoryStore("guides store" in without), None if "attachments" in without else TwoPhaseUploads())
        self.without = without
        self.log: list[Json] = []

    def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Script
    ) -> AsyncIterator[ThreadStreamEvent]:
        return perform(context.steps, self, thread, context, {"message": input_user_message})

    def action(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: Script,
    ) -> AsyncIterator[ThreadStreamEvent]:
        if "action" in self.without:
            return super().action(thread, action, sender, context)
        return perform(context.steps, self, thread, context, {"action": action, "sender": sender})

    async def sync_action(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: Script,
    ) -> SyncCustomActionResponse:
        if "sync" in self.without:
            return await super().sync_action(thread, action, sender, context)
        result = await self.run(thread, context, {"action": action, "sender": sender})
        return SyncCustomActionResponse(updated_item=None if result is None else to_item(result, thread, context))

    async def add_feedback(
        self, thread_id: str, item_ids: list[str], feedback: str, context: Script
    ) -> None:
        if "feedback" in self.without:
            return
        self.log.append({"feedback": {"thread_id": thread_id, "item_ids": item_ids, "kind": feedback}})
        await self.run(None, context, {})

    async def transcribe(self, audio_input: AudioInput, context: Script) -> TranscriptionResult:
        if "transcribe" in self.without:
            return await super().transcribe(audio_input, context)
        seen = {"mime_type": audio_input.mime_type, "media_type": audio_input.media_type}
        self.log.append({"transcribe": {**seen, "data": list(audio_input.data)}})
        return TranscriptionResult(text=await self.run(None, context, {}))

    def get_stream_options(self, thread: ThreadMetadata, context: Script) -> StreamOptions:
        if "allow_cancel" not in context.settings:
            return super().get_stream_options(thread, context)
        return StreamOptions(allow_cancel=context.settings["allow_cancel"])

    async def handle_stream_cancelled(
        self, thread: ThreadMetadata, pending_items: list[ThreadItem], context: Script
    ) -> None:
        if "cancelled" not in context.settings:
            await super().handle_stream_cancelled(thread, pending_items, context)
            return
        self.log.append({"cancelled": [dump(item) for item in pending_items]})
        for step in context.settings["cancelled"]:
            [(kind, value)] = step.items()
            await act(kind, value, self, thread, context)

    async def run(self, thread: ThreadMetadata | None, script: Script, known: Json) -> Any:
        """The steps of a handler that answers with one value."""
        for step in script.steps:
            [(kind, value)] = step.items()
            if kind == "return":
                return value
            if kind == "tell":
                self.log.append({what: dump(known[what]) for what in [value]})
            else:
                await act(kind, value, self, thread, script)  # type: ignore[arg-type]
        return None


class Session:
    def __init__(self, without: list[str]) -> None:
        self.server = Server(without)
        self.scripts: dict[str, Script] = {}
        self.times: dict[tuple[str, str], datetime] = {}


app = FastAPI()
sessions: dict[str, Session] = {}


@app.post("/{name}/chatkit")
async def chatkit(name: str, request: Request) -> Response:
    session = sessions[name]
    script = session.scripts[request.headers["x-script"]]
    try:
        result = await session.server.process(await request.body(), script)
        if isinstance(result, StreamingResult):
            return StreamingResponse(watched(result, script), media_type="text/event-stream")
        script.over.set()
        return Response(content=result.json, media_type="application/json")
    except Exception as error:
        script.fail(error)
        raise


async def watched(result: StreamingResult, script: Script) -> AsyncIterator[bytes]:
    try:
        async for event in result:
            yield event
    except Exception as error:
        script.fail(error)
        raise
    finally:
        script.over.set()


@app.put("/{name}")
async def open_session(name: str, request: Request) -> None:
    sessions[name] = Session(await request.json())


@app.put("/{name}/scripts/{id}")
async def put_script(name: str, id: str, request: Request) -> None:
    body = await request.json()
    session = sessions[name]
    session.scripts[id] = Script(body["steps"], body["settings"], session.times)


@app.post("/{name}/scripts/{id}/release")
async def release(name: str, id: str) -> None:
    sessions[name].scripts[id].released.set()


@app.get("/{name}/scripts/{id}")
async def outcome(name: str, id: str) -> JSONResponse:
    script = sessions[name].scripts[id]
    await script.over.wait()
    return JSONResponse(script.raised)


@app.get("/{name}/state")
async def state(name: str) -> JSONResponse:
    server = sessions[name].server
    threads = [
        {**dump(thread), "items": [dump(item) for item in server.store.items.get(thread.id, [])]}
        for thread in server.store.threads.values()
    ]
    attachments = [dump(attachment) for attachment in server.store.attachments.values()]
    log, server.log = server.log, []
    return JSONResponse({"threads": threads, "attachments": attachments, "log": log})


@app.delete("/{name}")
async def close_session(name: str) -> None:
    del sessions[name]


def end_with_parent() -> None:
    """The process that started this holds our standard input: when it closes, they are gone."""
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=end_with_parent, daemon=True).start()
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="critical")
