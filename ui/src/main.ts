import { mount } from 'svelte';
import App from './App.svelte';
import type { Screen } from './lib/ipc/bindings';
import type { Ipc } from './lib/ipc/ipc';
import { Takt } from './lib/state/takt.svelte';
import { wordsOf } from './lib/i18n/words';
import BrokenScreen from './screens/broken/BrokenScreen.svelte';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';

/** The station behind the window; while developing in a browser, a lively stand-in that is never shipped. */
async function station(): Promise<Ipc> {
  if (import.meta.env.DEV && !('__TAURI_INTERNALS__' in window)) {
    const { fakeStation } = await import('./lib/ipc/fake');
    return fakeStation(new URLSearchParams(location.search));
  }
  const { tauri } = await import('./lib/ipc/tauri');
  return tauri;
}

/** `?screen={"at":"records"}` opens a screen at once, while developing. */
function opened(takt: Takt): Takt {
  const screen = import.meta.env.DEV ? new URLSearchParams(location.search).get('screen') : null;
  if (screen) takt.router.go(JSON.parse(screen) as Screen);
  return takt;
}

/** The window says so in the address when there is no station behind it. */
const broken = new URLSearchParams(location.search).get('broken');

if (broken) {
  mount(BrokenScreen, { target: document.body, props: { code: broken, words: wordsOf(navigator.language) } });
} else {
  void station().then((ipc) => mount(App, { target: document.body, props: { takt: opened(new Takt(ipc)) } }));
}
