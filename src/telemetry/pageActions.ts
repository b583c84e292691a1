/** A method of a page or a locator that is a step of a robot. */
export interface PageAction {
  /** What the input calls that which it is done to. */
  readonly target?: 'selector' | 'url' | 'key';
  /** What its first argument is, behind the selector of a page's method: a text may be a password. */
  readonly value?: 'text' | 'key' | 'choice';
  /** What it answers is recorded. */
  readonly gives?: true;
}

const onSelector: PageAction = { target: 'selector' };
const typing: PageAction = { target: 'selector', value: 'text' };
const choosing: PageAction = { target: 'selector', value: 'choice' };
const reading: PageAction = { target: 'selector', gives: true };

const onElements: Readonly<Record<string, PageAction>> = {
  click: onSelector,
  dblclick: onSelector,
  tap: onSelector,
  hover: onSelector,
  focus: onSelector,
  check: onSelector,
  uncheck: onSelector,
  setChecked: choosing,
  fill: typing,
  type: typing,
  press: { target: 'selector', value: 'key' },
  selectOption: choosing,
  setInputFiles: onSelector,
  dispatchEvent: choosing,
  textContent: reading,
  innerText: reading,
  // What a field holds may be a password.
  inputValue: onSelector,
  getAttribute: reading,
};

/** Steps of a page. */
export const actionsOfPage: Readonly<Record<string, PageAction>> = {
  ...onElements,
  goto: { target: 'url' },
  reload: {},
  goBack: {},
  goForward: {},
  setContent: {},
  waitForSelector: onSelector,
  waitForURL: { target: 'url' },
  waitForLoadState: { target: 'key' },
  dragAndDrop: onSelector,
};

/** Steps of a locator. */
export const actionsOfLocator: Readonly<Record<string, PageAction>> = {
  ...onElements,
  clear: onSelector,
  blur: onSelector,
  pressSequentially: typing,
  selectText: onSelector,
  scrollIntoViewIfNeeded: onSelector,
  waitFor: onSelector,
  dragTo: onSelector,
  allTextContents: reading,
  allInnerTexts: reading,
};

/** Methods that give a locator, or a frame in which others are found. */
export const makersOfLocators: readonly string[] = [
  ...['locator', 'frameLocator', 'contentFrame', 'getByRole', 'getByText', 'getByLabel'],
  ...['getByPlaceholder', 'getByAltText', 'getByTitle', 'getByTestId'],
  ...['first', 'last', 'nth', 'filter', 'and', 'or', 'owner', 'describe'],
];
