import { ChatKit, useChatKit } from '@openai/chatkit-react';
import { fetchAsUser } from './session.ts';

interface ChatProps {
  cart: readonly string[];
  onAdd(name: string): void;
  onShow(name: string): void;
}

export function Chat({ cart, onAdd, onShow }: ChatProps) {
  const { control } = useChatKit({
    api: {
      url: '/chatkit',
      domainKey: import.meta.env['VITE_DOMAIN_KEY'] ?? 'domain_pk_localhost_dev', // any key works on localhost
      fetch: fetchAsUser,
    },
    startScreen: {
      greeting: 'Which lamp?',
      prompts: [{ label: 'What is in my cart?', prompt: 'What is in my cart?', icon: 'search' }],
    },
    // clientEffect('cart.add', { name }) of the server
    onEffect: ({ name, data }) => {
      const lamp = data?.['name'];
      if (name === 'cart.add' && typeof lamp === 'string') onAdd(lamp);
    },
    // clientToolCall('read_cart') of the server, which gets what this returns
    onClientTool: ({ name }) => {
      if (name !== 'read_cart') throw new Error(`The page has no tool "${name}".`);
      return { cart: [...cart] };
    },
    widgets: {
      // Actions with `handler: 'client'`: the server does not see them.
      onAction: async ({ type, payload }) => {
        const lamp = payload?.['name'];
        if (type === 'lamp.show' && typeof lamp === 'string') onShow(lamp);
      },
    },
  });
  return <ChatKit control={control} style={{ width: 400, height: 600 }} />;
}
