import { expect, test } from 'vitest';
import { softHyphens } from './hyphens';

test.each([
  ['Oberflächenbeschädigung', 'Ober-flä-chen-be-schä-di-gung'],
  ['Werkzeugverschleiß', 'Werk-zeug-ver-schleiß'],
  ['Transportschaden', 'Trans-port-scha-den'],
  ['Tool wear', 'Tool wear'],
])('%s may break between syllables', (word, broken) => {
  const got = softHyphens(word).replaceAll('\u00ad', '-');
  expect(got.replaceAll('-', '')).toBe(word);
  expect(got).toBe(broken);
});
