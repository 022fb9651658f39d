// Starts the interface.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../shared/base.css';
import { connectBackend } from '../backend';
import { createActions } from '../state/actions';
import { createAppStore } from '../state/appState';
import { AppProvider } from '../state/react';
import { App } from './App';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');

const backend = await connectBackend();
const store = createAppStore();
const actions = createActions(store, backend);

createRoot(root).render(
  <StrictMode>
    <AppProvider value={{ store, actions, backend }}>
      <App />
    </AppProvider>
  </StrictMode>,
);
actions.listen();
void actions.start();
