import { expect, test } from 'vitest';
import { Notice } from '../../../src/host/notice.ts';
import { FakeVscode } from '../../support/fakeVscode.ts';

test('is put aside once while it is in sight, and its button still answers', async () => {
  const vscode = new FakeVscode();
  let press: (button: string) => void = () => undefined;
  let hidden = 0;
  vscode.commands.set('notifications.hideToasts', () => hidden++);
  vscode.press = () => new Promise((done) => (press = done));
  const notice = new Notice(vscode.api);
  notice.putAside();
  const answer = notice.tell('error', 'It stopped.', 'Restart');
  expect(notice.isInSight).toBe(true);
  notice.putAside();
  notice.putAside();
  expect([notice.isInSight, hidden]).toEqual([false, 1]);
  press('Restart');
  expect(await answer).toBe('Restart');
});

test('an older one that is answered leaves the newer one in sight', async () => {
  const vscode = new FakeVscode();
  const presses: ((button: undefined) => void)[] = [];
  vscode.press = () => new Promise((done) => presses.push(done));
  const notice = new Notice(vscode.api);
  const first = notice.tell('warning', 'one');
  const second = notice.tell('warning', 'two');
  presses[0]?.(undefined);
  await first;
  expect(notice.isInSight).toBe(true);
  presses[1]?.(undefined);
  await second;
  expect(notice.isInSight).toBe(false);
});
