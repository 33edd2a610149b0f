/** Options of the chat page, for the playground and for your own ChatKit page. An export does not contain them. */
export const pageOptions = {
  header: { title: { text: 'Lamp shop' } },
  startScreen: {
    greeting: 'Ask about your lamp.',
    prompts: [
      { label: 'I want my money back', prompt: 'I want my money back' },
      { label: 'Where is my order?', prompt: 'Where is my order?' },
    ],
  },
  composer: { attachments: { enabled: false } },
};
