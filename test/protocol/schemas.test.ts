import { expectTypeOf } from 'expect-type';
import type { z } from 'zod';
import type {
  Annotation,
  AssistantMessageContent,
  Attachment,
  ChatKitRequest,
  Operation,
  OperationParams,
  Source,
  Task,
  Thread,
  ThreadItem,
  ThreadItemUpdate,
  ThreadMetadata,
  ThreadStreamEvent,
  VisibleItem,
  WidgetComponent,
  Workflow,
} from '../../src/protocol';
import { isStreamingOperation, parseRequest, type StreamingOperation } from '../../src/protocol';
import type { attachmentSchema } from '../../src/protocol/schemas/attachments';
import type { threadItemUpdateSchema, threadStreamEventSchema } from '../../src/protocol/schemas/events';
import type {
  assistantMessageContentSchema,
  threadItemSchema,
  visibleItemSchema,
} from '../../src/protocol/schemas/items';
import { paramsSchemas } from '../../src/protocol/parse';
import type { annotationSchema, sourceSchema } from '../../src/protocol/schemas/sources';
import type { threadMetadataSchema, threadSchema } from '../../src/protocol/schemas/threads';
import type { widgetComponentSchema } from '../../src/protocol/schemas/widgets';
import type { taskSchema, workflowSchema } from '../../src/protocol/schemas/workflows';

/** One object type for an intersection, which else never equals what the schema infers. */
type Flat<T> = { [K in keyof T]: T[K] };

// The compiler runs these tests (npm run typecheck); here they only have to load.

describe('The schemas', () => {
  it('of sources, attachments, widgets and workflows say what the interfaces say', () => {
    expectTypeOf<z.output<typeof sourceSchema>>().toEqualTypeOf<Source>();
    expectTypeOf<z.output<typeof annotationSchema>>().toEqualTypeOf<Annotation>();
    expectTypeOf<z.output<typeof attachmentSchema>>().toEqualTypeOf<Attachment>();
    expectTypeOf<z.output<typeof widgetComponentSchema>>().toEqualTypeOf<WidgetComponent>();
    expectTypeOf<z.output<typeof taskSchema>>().toEqualTypeOf<Task>();
    expectTypeOf<z.output<typeof workflowSchema>>().toEqualTypeOf<Workflow>();
  });

  it('of items, threads and events say what the interfaces say', () => {
    expectTypeOf<z.output<typeof assistantMessageContentSchema>>().toEqualTypeOf<AssistantMessageContent>();
    expectTypeOf<z.output<typeof visibleItemSchema>>().toEqualTypeOf<VisibleItem>();
    expectTypeOf<z.output<typeof threadItemSchema>>().toEqualTypeOf<ThreadItem>();
    expectTypeOf<z.output<typeof threadMetadataSchema>>().toEqualTypeOf<ThreadMetadata>();
    expectTypeOf<z.output<typeof threadSchema>>().toEqualTypeOf<Thread>();
    expectTypeOf<z.output<typeof threadItemUpdateSchema>>().toEqualTypeOf<ThreadItemUpdate>();
    expectTypeOf<z.output<typeof threadStreamEventSchema>>().toEqualTypeOf<ThreadStreamEvent>();
  });

  it('of requests say what the interfaces say, for every operation', () => {
    expectTypeOf<{
      [Op in keyof typeof paramsSchemas]: z.output<(typeof paramsSchemas)[Op]>;
    }>().toEqualTypeOf<{ [Op in Operation]: Flat<OperationParams[Op]> }>();
    expectTypeOf(parseRequest).returns.toEqualTypeOf<ChatKitRequest>();
    expect(Object.keys(paramsSchemas)).toHaveLength(16);
  });

  it('tell operations apart for the compiler', () => {
    const narrowed = (operation: Operation): void => {
      if (isStreamingOperation(operation)) expectTypeOf(operation).toEqualTypeOf<StreamingOperation>();
    };
    expect(narrowed).not.toThrow();
  });
});
