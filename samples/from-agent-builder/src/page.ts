/** Options of the page with the chat: of the playground, and of ChatKit’s own page. An export does not have them. */
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
