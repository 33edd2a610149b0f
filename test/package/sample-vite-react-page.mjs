/* global document, CustomEvent -- some functions run in the page */
import assert from 'node:assert/strict';

/**
 * Stands for ChatKit's script, which OpenAI serves and which cannot be loaded in tests: it shows nothing.
 * It keeps the options that the page gives to the element, so that a test can do with them what ChatKit
 * does. That ChatKit's own interface does the same is not tested.
 */
const STAND_IN = `customElements.define('openai-chatkit', class extends HTMLElement {
  setOptions(options) { this.options = options; }
});`;

/** Uses the page as ChatKit would: its requests, its effects, its tool, its actions of widgets. */
export async function usePage(browser, origin) {
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.route(/^https:\/\/cdn\.platform\.openai\.com\//, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: STAND_IN }),
  );
  await page.goto(origin);
  await page.waitForFunction(() => document.querySelector('openai-chatkit')?.options !== undefined);

  const { url, domainKey } = await page.evaluate(() => {
    const { api } = document.querySelector('openai-chatkit').options;
    return { url: api.url, domainKey: api.domainKey };
  });
  assert.deepEqual({ url, domainKey }, { url: '/chatkit', domainKey: 'domain_pk_localhost_dev' });

  const lamps = await page.evaluate(send, { type: 'threads.create', text: 'Lamps?' });
  const widget = lamps.find(({ item }) => item?.type === 'widget').item;
  const thread = widget.thread_id;
  const added = await page.evaluate(send, {
    type: 'threads.custom_action',
    params: {
      thread_id: thread,
      item_id: widget.id,
      action: { type: 'lamp.add', payload: { name: 'desk lamp' } },
    },
  });
  const effect = added.find(({ type }) => type === 'client_effect');
  await page.evaluate(raise, effect);
  await page.getByRole('listitem').getByText('desk lamp').waitFor();

  const asked = await page.evaluate(send, {
    type: 'threads.add_user_message',
    thread,
    text: 'What is in my cart?',
  });
  const call = asked.find(({ item }) => item?.type === 'client_tool_call').item;
  const result = await page.evaluate(
    (toolCall) => document.querySelector('openai-chatkit').options.onClientTool(toolCall),
    { name: call.name, params: call.arguments },
  );
  const told = await page.evaluate(send, {
    type: 'threads.add_client_tool_output',
    params: { thread_id: thread, result },
  });
  assert.equal(told.at(-1).item.content[0].text, 'In your cart: desk lamp.');

  const details = buttonOf(widget, 'Details').onClickAction;
  assert.equal(details.handler, 'client');
  await page.evaluate(
    ([action, item]) => document.querySelector('openai-chatkit').options.widgets.onAction(action, item),
    [details, widget],
  );
  await page.getByRole('status').getByText('Details of the desk lamp').waitFor();
  assert.deepEqual(errors, []);
}

/** In the page: a request by the `fetch` of the options, and the events of its answer. */
async function send({ type, params, thread, text }) {
  const { api } = document.querySelector('openai-chatkit').options;
  const input = { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} };
  const body = { type, params: params ?? { ...(thread && { thread_id: thread }), input } };
  const response = await api.fetch(api.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${String(response.status)} ${await response.text()}`);
  return (await response.text())
    .split('\n\n')
    .filter((block) => block.startsWith('data: '))
    .map((block) => JSON.parse(block.slice('data: '.length)));
}

/** In the page: ChatKit raises an effect as an event of its element. */
function raise({ name, data }) {
  const event = new CustomEvent('chatkit.effect', { detail: { name, data } });
  document.querySelector('openai-chatkit').dispatchEvent(event);
}

function buttonOf({ widget }, label) {
  return widget.children[0].children.find((child) => child.label === label);
}
