import type { Milliseconds } from '../trace/execution.ts';

/** A commit that touched a file. */
export interface FileCommit {
  /** Whole: by it its differences are asked for. */
  readonly hash: string;
  /** The first line of its message. */
  readonly subject: string;
  /** When it was written. */
  readonly authoredMs: Milliseconds;
}

/** Between which moments commits are asked for. */
export interface FileHistoryQuery {
  readonly uri: string;
  readonly fromMs: Milliseconds;
  readonly toMs: Milliseconds;
}

/** Why Git says nothing of a file. */
export type NoFileHistory = 'untrusted' | 'noFile' | 'noGit' | 'notInRepository' | 'failed';

/** What Git knows of a file between two moments. */
export type FileHistory =
  | {
      readonly kind: 'known';
      /** The newest first. */
      readonly commits: readonly FileCommit[];
      /** There are more than are listed. */
      readonly hasMore: boolean;
      /** The newest one up to the first of the two moments; null where the file was in none. */
      readonly before: FileCommit | null;
      /** It is other than in the newest commit, or in none. */
      readonly isEdited: boolean;
    }
  | { readonly kind: NoFileHistory };

/** Two states of a file: in a commit, and in a later one or, with null, as it is now. */
export interface FileDifference {
  readonly uri: string;
  /** `parent`: the state before the later commit. */
  readonly from: string;
  readonly to: string | null;
}

/** More commits than that between two runs nobody reads in a card. */
export const mostCommits = 10;
