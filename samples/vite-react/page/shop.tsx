import { useState } from 'react';
import { Chat } from './chat.tsx';

/** The page around the chat: its cart is the page's own state, which the chat changes and reads. */
export function Shop() {
  const [cart, setCart] = useState<readonly string[]>([]);
  const [shown, setShown] = useState<string | null>(null);
  return (
    <main style={{ display: 'flex', gap: 24, fontFamily: 'system-ui' }}>
      <section style={{ width: 240 }}>
        <h1>Cart</h1>
        {cart.length === 0 ? <p>Nothing yet.</p> : null}
        <ul aria-label="Cart">
          {cart.map((name, index) => (
            <li key={index}>{name}</li>
          ))}
        </ul>
        {shown === null ? null : <p role="status">Details of the {shown}</p>}
      </section>
      <Chat cart={cart} onAdd={(name) => setCart((before) => [...before, name])} onShow={setShown} />
    </main>
  );
}
