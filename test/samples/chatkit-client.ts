/** A widget component, as far as tests look into it. */
export interface WireComponent {
  type: string;
  name: string;
  children: WireComponent[];
}

export interface WireItem {
  id: string;
  type: string;
  widget: WireComponent;
}

/** An event, with the fields that tests look into; which ones it has is theirs to find out. */
export interface WireEvent {
  type: string;
  thread: { id: string };
  item: WireItem;
  update: { delta: string };
}

export interface Reply {
  status: number;
  contentType: string;
  /** All bytes of the body, as text. */
  text: string;
}

/** Sends requests as ChatKit's own front end does, and remembers everything that came back. */
export class ChatKitClient {
  /** Everything the server ever sent to this client. */
  received = '';

  constructor(
    private readonly url: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  /** A streaming operation: its events, once the stream has ended. */
  async stream(type: string, params: object): Promise<WireEvent[]> {
    const { status, contentType, text } = await this.send(JSON.stringify({ type, params }));
    if (status !== 200 || contentType !== 'text/event-stream; charset=utf-8') {
      throw new Error(`${type}: ${String(status)} ${contentType} ${text}`);
    }
    return eventsIn(text);
  }

  /** An operation that answers with JSON. */
  async json<T = { data: unknown[] }>(type: string, params: object): Promise<T> {
    const { status, contentType, text } = await this.send(JSON.stringify({ type, params }));
    if (status !== 200 || contentType !== 'application/json; charset=utf-8') {
      throw new Error(`${type}: ${String(status)} ${contentType} ${text}`);
    }
    return JSON.parse(text) as T;
  }

  /** Any body at all; `onText` hears of everything as it comes. */
  async send(body: string, onText: (sofar: string) => void = () => undefined): Promise<Reply> {
    const response = await fetch(this.url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream, application/json',
        'accept-language': 'de-CH',
        'chatkit-frame-instance-id': 'cki_5f1c2d3e4b5a69788796a5b4c3d2e1f0',
        ...this.headers,
      },
    });
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      onText(text);
    }
    this.received += text;
    return { status: response.status, contentType: response.headers.get('content-type') ?? '', text };
  }
}

/** The events of a stream, each of which is one `data:` line and an empty one. */
export function eventsIn(text: string): WireEvent[] {
  const blocks = text.split('\n\n');
  if (blocks.pop() !== '') throw new Error(`The stream broke off: ${text.slice(-200)}`);
  return blocks.map((block) => {
    if (!block.startsWith('data: ') || block.includes('\n')) throw new Error(`Not one data line: ${block}`);
    return JSON.parse(block.slice('data: '.length)) as WireEvent;
  });
}

/** What the composer sends. */
export function userMessage(text: string): object {
  return {
    content: [{ type: 'input_text', text }],
    attachments: [],
    quoted_text: '',
    inference_options: {},
  };
}
