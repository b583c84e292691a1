import type { Watcher } from '../../src/protocol/watcher.ts';
import type { FoundPlace } from '../../src/protocol/find.ts';
import type { ExecutionKey } from '../../src/trace/execution.ts';
import type { Frames } from '../frames.ts';
import { PageFeed } from '../pageFeed.ts';
import type { Finding, PanelState } from '../state.ts';

/** Hits asked for at a time: some screens of the list. */
const pageHits = 200;

const firstFinding: Finding = {
  ...{ text: '', isPattern: false, matchCase: false, wholeWord: false },
  ...{ at: -1, asked: 0, isStopped: false },
};

/** Looks for something in the opened execution, and leads from hit to hit. */
export class FindFeed {
  private readonly state: PanelState;
  private readonly feed: PageFeed<'find'>;
  private readonly showPlace: (place: FoundPlace) => void;
  private key: ExecutionKey | null = null;
  private offset = 0;
  /** A hit that is to be shown once it is at hand. */
  private wanted: number | null = null;

  constructor(world: {
    watcher: Watcher;
    state: PanelState;
    frames: Frames;
    show: (place: FoundPlace) => void;
  }) {
    this.state = world.state;
    this.showPlace = world.show;
    this.feed = new PageFeed('find', world.state.found, world);
    world.state.found.subscribe(() => {
      this.goToWanted();
    });
  }

  /** Opens the field; with a text looks for it. */
  open(text?: string): void {
    const finding = this.state.finding.value ?? firstFinding;
    this.state.finding.value = { ...finding, asked: finding.asked + 1 };
    if (text !== undefined && text !== finding.text) this.look({ text });
  }

  close(): void {
    this.state.finding.value = null;
    this.forget();
  }

  /** Looks for something else, or otherwise. */
  look(changed: Partial<Pick<Finding, 'text' | 'isPattern' | 'matchCase' | 'wholeWord'>>): void {
    const { finding } = this.state;
    if (finding.value === null) return;
    finding.value = { ...finding.value, ...changed, at: -1, isStopped: false };
    this.forget();
    this.ask();
  }

  /** Another execution is open: the same is looked for there. */
  follow(key: ExecutionKey): void {
    if (this.key === key) return;
    this.key = key;
    if (this.state.finding.value !== null) this.look({});
  }

  /** To the next hit, or the one before. */
  step(by: 1 | -1): void {
    const { finding, found } = this.state;
    const total = found.value.answer?.total ?? 0;
    if (finding.value === null || total === 0) return;
    const { at } = finding.value;
    this.go(at === -1 ? (by === 1 ? 0 : total - 1) : (at + by + total) % total);
  }

  /** Shows a hit. */
  go(at: number): void {
    const { finding } = this.state;
    if (finding.value === null) return;
    finding.value = { ...finding.value, at };
    this.wanted = at;
    this.goToWanted();
    if (this.wanted !== null) this.range(Math.max(0, at - pageHits / 2));
  }

  /** Hits beyond those at hand. */
  range(offset: number): void {
    if (offset === this.offset) return;
    this.offset = offset;
    this.ask();
  }

  /** What was found is enough. */
  stop(): void {
    const { finding } = this.state;
    this.feed.hide();
    if (finding.value !== null) finding.value = { ...finding.value, isStopped: true };
  }

  engineChanged(): void {
    this.feed.engineChanged();
  }

  private ask(): void {
    const finding = this.state.finding.value;
    if (finding === null || this.key === null || finding.text.trim() === '') return;
    const { text, isPattern, matchCase, wholeWord } = finding;
    this.feed.show({
      ...{ key: this.key, text, isPattern, matchCase, wholeWord },
      ...{ offset: this.offset, limit: pageHits },
    });
  }

  private forget(): void {
    this.feed.hide();
    this.offset = 0;
    this.wanted = null;
    this.state.found.value = { answer: null, failure: null };
  }

  private goToWanted(): void {
    const { answer } = this.state.found.value;
    if (this.wanted === null || answer === null) return;
    const hit = answer.hits[this.wanted - answer.start];
    if (hit === undefined) return;
    this.wanted = null;
    this.showPlace(hit);
  }
}
