import { api, BY_TYPES, inResponse, message, type Stream } from '../stream';

const BASE64 = 'dGVzdA==';
const item = (id: string, result: string | null = null) => ({
  id,
  type: 'image_generation_call',
  status: result === null ? 'generating' : 'completed',
  result,
});
const added = (id = 'ig_1', output_index = 0) => api('output_item.added', { output_index, item: item(id) });
const done = (id = 'ig_1', output_index = 0, result: string | null = BASE64) =>
  api('output_item.done', { output_index, item: item(id, result) });
const partial = (partial_image_index: number, id = 'ig_1', output_index = 0) =>
  api('image_generation_call.partial_image', {
    item_id: id,
    output_index,
    partial_image_index,
    partial_image_b64: BASE64,
  });

const image = (id: string, imageId?: string) => ({
  id,
  type: 'generated_image',
  ...(imageId === undefined ? {} : { image: { id: imageId, url: `data:image/png;base64,${BASE64}` } }),
});

export const IMAGES: Stream[] = [
  {
    name: 'an image',
    source: 'test_stream_agent_response_image_generation_events of the reference',
    steps: inResponse(
      added(),
      api('image_generation_call.in_progress', { item_id: 'ig_1', output_index: 0 }),
      api('image_generation_call.generating', { item_id: 'ig_1', output_index: 0 }),
      done(),
    ),
  },
  {
    name: 'an image with partial ones, of a number that nobody told',
    source: BY_TYPES,
    steps: inResponse(added(), partial(0), partial(1), done()),
  },
  {
    name: 'an image with partial ones, which tell its progress',
    source: 'test_stream_agent_response_image_generation_partial_progress of the reference',
    partialImages: 3,
    steps: inResponse(added(), partial(0), partial(1), partial(2), partial(3), partial(4), done()),
  },
  {
    name: 'two images, one after the other',
    source: BY_TYPES,
    steps: inResponse(added(), partial(0), done(), added('ig_2', 1), partial(0, 'ig_2', 1), done('ig_2', 1)),
  },
  {
    name: 'an image, and what the model says about it',
    source: BY_TYPES,
    steps: inResponse(added(), done(), message(['There you are.'], { index: 1 })),
  },
  {
    name: 'two images at once',
    source: BY_TYPES,
    steps: inResponse(added(), added('ig_2', 1), done(), done('ig_2', 1)),
    differs: {
      why: 'The reference keeps one image at a time, and loses the first. This package finds each by its index.',
      ours: {
        events: [
          { type: 'thread.item.added', item: image('#1') },
          { type: 'thread.item.added', item: image('#2') },
          { type: 'thread.item.done', item: image('#1', '#3') },
          { type: 'thread.item.done', item: image('#2', '#4') },
        ],
        stored: [],
      },
    },
  },
  {
    name: 'an image that failed',
    source: BY_TYPES,
    steps: inResponse(added(), done('ig_1', 0, null)),
    differs: {
      why: 'The reference leaves an empty image on the page. This package removes it.',
      ours: {
        events: [
          { type: 'thread.item.added', item: image('#1') },
          { type: 'thread.item.removed', item_id: '#1' },
        ],
        stored: [],
      },
    },
  },
  {
    name: 'an image without a beginning',
    source: 'servers that speak the API and do not stream images',
    steps: inResponse(done()),
    differs: {
      why: 'The reference shows nothing. This package shows the image.',
      ours: { events: [{ type: 'thread.item.done', item: image('#1', '#2') }], stored: [] },
    },
  },
];
