"""Converts streams with the reference implementation, openai-chatkit.

Reads a JSON array of streams (see stream.ts) from stdin, and writes what the reference makes of each to
stdout: {"versions": {…}, "outcomes": {name: {events, stored, throws?}}}. Run by record.ts.
"""

import asyncio
import json
import sys
from datetime import datetime
from importlib import import_module, metadata
from unittest.mock import Mock

from agents import (
    Agent,
    InputGuardrailTripwireTriggered,
    OutputGuardrailTripwireTriggered,
    RawResponsesStreamEvent,
    RunContextWrapper,
    RunItemStreamEvent,
    RunResultStreaming,
    ToolCallItem,
)
from chatkit.agents import AgentContext, ClientToolCall, ResponseStreamConverter, stream_agent_response
from chatkit.types import Page, Task, Thread, ThreadItem, ThreadStreamEvent, Workflow, WorkflowSummary
from openai._models import construct_type
from openai.types.responses import ResponseFunctionToolCall, ResponseStreamEvent
from pydantic import TypeAdapter

THREAD = Thread(id="thr_1", title="Test", created_at=datetime.now(), items=Page())


def parse(type_, value):
    return TypeAdapter(type_).validate_python(value)


class Store:
    """Knows the items before the run, and notes those that are stored past the stream."""

    def __init__(self, items):
        self.items = items
        self.added = []
        self.count = 0

    def generate_item_id(self, item_type, thread, context):
        self.count += 1
        return f"generated_{self.count}"

    async def load_thread_items(self, thread_id, after, limit, order, context):
        assert order == "desc"
        return Page(data=self.items[::-1][:limit])

    async def add_thread_item(self, thread_id, item, context):
        self.added.append(dump(item))


def parse_item(value):
    """Its times are local and without a zone: the reference subtracts them from such a one."""
    return parse(ThreadItem, {**value, "created_at": datetime.now().isoformat()})


def dump(model):
    return json.loads(model.model_dump_json(by_alias=True, exclude_none=True))


def sentinel():
    for module in ("agents.result", "agents.run_internal.run_steps", "agents._run_impl"):
        try:
            found = getattr(import_module(module), "QueueCompleteSentinel", None)
        except ImportError:
            continue
        if found is not None:
            return found()
    raise ImportError("QueueCompleteSentinel")


def make_result():
    return RunResultStreaming(
        context_wrapper=Mock(spec=RunContextWrapper),
        input=[],
        tool_input_guardrail_results=[],
        tool_output_guardrail_results=[],
        new_items=[],
        raw_responses=[],
        final_output=None,
        current_agent=Agent(name="test"),
        current_turn=0,
        max_turns=10,
        _current_agent_output_schema=None,
        trace=None,
        is_complete=False,
        _event_queue=asyncio.Queue(),
        _input_guardrail_queue=asyncio.Queue(),
        _output_guardrails_task=None,
        _run_impl_task=None,
        _stored_exception=None,
        output_guardrail_results=[],
        input_guardrail_results=[],
    )


def end(result):
    result.is_complete = True
    result._event_queue.put_nowait(sentinel())


async def play(step, context, result):
    if "api" in step:
        event = construct_type(value=step["api"], type_=ResponseStreamEvent)
        if "annotation" in step["api"]:  # the constructor makes of a citation an object of no type
            event.annotation = step["api"]["annotation"]
        result._event_queue.put_nowait(RawResponsesStreamEvent(data=event))
    elif "called" in step:
        call = ResponseFunctionToolCall(type="function_call", arguments="{}", **step["called"])
        item = ToolCallItem(agent=Agent(name="test"), raw_item=call)
        result._event_queue.put_nowait(RunItemStreamEvent(name="tool_called", item=item))
    elif "emit" in step:
        event = step["emit"]
        if "item" in event:
            event = {**event, "item": {**event["item"], "created_at": datetime.now().isoformat()}}
        await context.stream(parse(ThreadStreamEvent, event))
    elif "clientTool" in step:
        context.client_tool_call = ClientToolCall(**step["clientTool"])
    elif "helper" in step:
        types = {"workflow": Workflow, "task": Task, "summary": WorkflowSummary}
        args = {k: parse(types[k], v) if k in types else v for k, v in step["args"].items()}
        await getattr(context, step["helper"])(**args)
    elif "guardrail" in step:
        kind = {"input": InputGuardrailTripwireTriggered, "output": OutputGuardrailTripwireTriggered}
        result._stored_exception = kind[step["guardrail"]](Mock())
        end(result)
    else:
        raise ValueError(step)


async def convert(stream):
    store = Store([parse_item(item) for item in stream.get("thread", [])])
    context = AgentContext(thread=THREAD, store=store, request_context=None)
    context._events = asyncio.Queue()
    result = make_result()

    async def produce():
        for step in stream["steps"]:
            await play(step, context, result)
            await asyncio.sleep(0.003)  # until all of it is converted
        if not result.is_complete:
            end(result)

    converter = ResponseStreamConverter(partial_images=stream.get("partialImages"))
    producing = asyncio.ensure_future(produce())
    outcome = {"events": []}
    try:
        async for event in stream_agent_response(context, result, converter=converter):
            outcome["events"].append(dump(event))
    except Exception as error:
        outcome["throws"] = type(error).__name__
    await producing
    return {**outcome, "stored": store.added}


async def main():
    outcomes = {stream["name"]: await convert(stream) for stream in json.load(sys.stdin)}
    packages = ("openai-chatkit", "openai-agents", "openai")
    versions = {package: metadata.version(package) for package in packages}
    json.dump({"versions": versions, "outcomes": outcomes}, sys.stdout, ensure_ascii=False)


asyncio.run(main())
