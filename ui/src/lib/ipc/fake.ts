/** A lively stand-in for the station, so that the whole UI runs in a browser. Never part of a build.
 *  `?scene=<name>&theme=dark&locale=de` chooses what it is at; see `fake/scenes.ts`. */
import type { Ipc } from './ipc';
import { Station } from './fake/station';
import { scenes } from './fake/scenes';

export function fakeStation(query: URLSearchParams): Ipc {
  const station = new Station(query.get('locale') ?? 'en', query.get('theme') === 'dark' ? 'dark' : 'light');
  scenes[query.get('scene') ?? 'home']?.(station);
  return station;
}
