import { expect, test } from 'vitest';

import { Frames } from '../../../webview/frames.ts';

function someFrames() {
  const due: (() => void)[] = [];
  const done: string[] = [];
  const frames = new Frames((draw) => due.push(draw));
  const work = (name: string) => () => void done.push(name);
  const frame = () => {
    for (const draw of due.splice(0)) draw();
  };
  return { frames, done, work, frame };
}

test('of each kind the newest is applied, once a frame', () => {
  const { frames, done, work, frame } = someFrames();
  frames.put('tree', work('tree 1'));
  frames.put('list', work('list'));
  frames.put('tree', work('tree 2'));
  expect(done).toEqual([]);
  frame();
  frame();
  expect(done).toEqual(['tree 2', 'list']);
});

test('what somebody waits for waits for no frame, and takes the place of what came before', () => {
  const { frames, done, work, frame } = someFrames();
  frames.put('inspected', work('pushed'));
  frames.put('tree', work('tree'));
  frames.now('inspected', work('answered'));
  expect(done).toEqual(['answered']);
  frame();
  expect(done).toEqual(['answered', 'tree']);
});

test('what is dropped is not applied', () => {
  const { frames, done, work, frame } = someFrames();
  frames.put('tree', work('tree'));
  frames.drop('tree');
  frame();
  expect(done).toEqual([]);
});
