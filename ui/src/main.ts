/** Starts the window: chooses the backend, learns who is here, draws. */
import './styles/base.css';
import './styles/overlays.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { chooseBackend } from './lib/backend/choose';
import { startSession } from './lib/state/session.svelte';

const target = document.getElementById('app');
if (target) {
  await chooseBackend();
  await startSession();
  mount(App, { target });
}
