import { anyOf } from './anyOf.ts';

/** How the key of a service begins, and what follows; facts that its provider has published. */
const prefixes: readonly (readonly [beginnings: string, rest: RegExp])[] = [
  // What several of them look like
  ['sk- tvly- dckr_pat_ xapp-', /[\w-]{16,}/],
  ['gsk_ pplx- fastgpt- STS.', /[A-Za-z\d]{20,}/],
  ['nvapi- ya29. GOCSPX-', /[\w-]{20,}/],
  ['hf_ npm_ lin_api_ apify_api_', /[A-Za-z\d]{30,}/],
  ['r8_ xai- csk-', /[A-Za-z\d]{32,}/],
  ['app- dataset-', /[A-Za-z\d]{24}(?![\w-])/],
  ['pat_ ntn_', /[A-Za-z\d]{40,}/],
  ['github_pat_ CCIPAT_', /\w{20,}/],
  ['pypi- CFPAT- tfp_', /[\w-]{40,}/],
  ['rubygems_ dop_v1_ doo_v1_ dor_v1_', /[a-f\d]{40,}/],
  ['bkua_ sbp_ pul-', /[a-f\d]{40}/],
  ['sgp_ phx_', /\w{40,}/],
  ['ATATT3 ATCTT3', /[\w=-]{20,}/],
  ['ATBB AKLT rnd_ EAA', /[A-Za-z\d]{28,}/],
  ['AIza HRKU- figd_', /[\w-]{30,}/],
  ['AKIA ASIA ABIA', /[A-Z\d]{16}/],
  ['key- SK', /[a-f\d]{32}(?!\w)/],
  ['sk_ rk_', /(?:live|test)_\w{16,}/],
  ['ST- TGT-', /\d{1,9}-[A-Za-z\d-]{16,}/],
  // Models
  ['jina_', /[\w-]{32,}/],
  ['pcsk_', /\w{32,}/],
  ['tgp_v1_', /[\w-]{24,}/],
  ['pat', /[A-Za-z\d]{14}\.[a-f\d]{64}(?!\w)/],
  ['lsv2_', /(?:pt|sk)_[\w]{24,}/],
  ['ABSK', /[A-Za-z\d+/]{60,}={0,2}/],
  // Code and packages
  ['gh', /[oprsu]_\w{20,}/],
  ['gl', /(?:pat|ptt|dt|rt|soat|cbt|ft|agent|imt|ffct)-[\w-]{16,}/],
  ['oy2', /[a-z\d]{43}(?!\w)/],
  ['AKCp', /[A-Za-z\d]{60,}/],
  ['PMAK-', /[a-f\d]{20,}-[a-f\d]{30,}/],
  // Clouds
  ['LTAI', /[A-Za-z\d]{12,26}/],
  ['AKID', /[A-Za-z\d]{28,40}/],
  ['bce-v3/', /ALTAK-[\w-]{16,}\/[a-f\d]{32,}/],
  ['hv', /[sbr]\.[\w-]{20,}/],
  ['dapi', /[a-f\d]{32}(?:-\d)?(?!\w)/],
  ['pscale_', /(?:tkn|oauth|pw)_[\w.=-]{30,}/],
  ['nfp_', /[A-Za-z\d]{36,}/],
  ['dp.', /(?:pt|st|ct|sa|scim|audit)\.[\w.]{40,}/],
  ['tskey-', /(?:auth|api|client)-\w{8,}-\w{16,}/],
  // Talk, money and offices
  ['xox', /[abeprs](?:\.xox[bp])?-[\w-]{10,}/],
  ['SG.', /[\w-]{16,}\.[\w-]{16,}/],
  ['xkeysib-', /[a-f\d]{40,}(?:-[A-Za-z\d]{16})?/],
  ['whsec_', /\w{16,}/],
  ['sq0', /(?:atp|csp)-[\w-]{20,}/],
  ['shp', /(?:at|ca|pa|ss|ut)_[a-fA-F\d]{32}/],
  ['secret_', /[A-Za-z\d]{43}(?!\w)/],
  ['SEC', /[a-f\d]{64}(?!\w)/],
  // What watches
  ['glsa_', /[A-Za-z\d]{30,}_[a-f\d]{8}/],
  ['glc_', /[\w+/]{32,}={0,2}/],
  ['NRAK-', /[A-Z\d]{27}/],
  ['sntry', /[su]_[\w=+/.-]{32,}/],
  ['dt0c01.', /[A-Z\d]{24}\.[A-Z\d]{64}/],
  ['AGE-SECRET-KEY-1', /[A-Z\d]{50,}/],
];

const beginnings = anyOf(prefixes.flatMap(([begins]) => begins.split(' ')));
const rests = prefixes.map(([begins, rest]) => `(?<=${anyOf(begins.split(' '))})${rest.source}`);

/** Any of these keys. */
export const knownKey = new RegExp(String.raw`\b${beginnings}(?:${rests.join('|')})`, 'g');
/** How a key begins: without it none stands in a text. */
export const keyBeginnings = beginnings;

const secret = String.raw`([\w@.=-]{6,200}(?:\/[\w=-]{1,80}){0,3})(?![\w@.=-]|\/•)`;
/** One in a line; blanks part them. */
const addresses = String.raw`
  hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/(?:\w{1,20}\/){1,3}
  discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{1,30}\/
  \/api\/(?:v\d{1,2}\/)?webhooks\/\d{1,30}\/
  (?:webhook\.office\.com|outlook\.office(?:365)?\.com)\/webhook(?:b2)?\/(?:[\w@-]{1,5}\/IncomingWebhook\/)?
  \/open-apis\/bot\/(?:v2\/)?hook\/
  \/flow\/api\/trigger-webhook\/
  hooks\.zapier\.com\/hooks\/catch\/\d{1,12}\/
  (?:sctapi|sc)\.ftqq\.com\/|push\.ft07\.com\/send\/|(?:iyuu\.cn|xizhi\.qqoq\.net)\/
  api\.day\.app\/
  hook\.(?:[a-z\d]{2,6}\.)?(?:make(?:\.celonis)?|integromat)\.com\/
  maker\.ifttt\.com\/(?:trigger|use)\/(?:[\w-]{1,60}\/(?:json\/)?with\/key\/)?
  webhook\.site\/|wxpusher\.zjiecode\.com\/api\/send\/message\/
  \/webhook(?:-test|-waiting)?\/(?=[\da-f]{8}-[\da-f]{4}-)
  \/hooks\/(?=[a-z\d]{17,})
`;

/** The address of a bot or of a flow: whoever knows it may call it. Its end is the key. */
export const webhookAddress = new RegExp(
  `(${addresses.trim().split(/\s+/).join('|')})${secret}`,
  'gi',
);
