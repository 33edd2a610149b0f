import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { prepareMarkdown } from './markdown/Markdown';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/chat.css';
import './styles/composer.css';
import './styles/widgets.css';
import './styles/inspector.css';
import './styles/gallery.css';
import './styles/replay.css';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
prepareMarkdown();
