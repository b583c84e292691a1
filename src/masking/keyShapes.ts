import { anyOf } from './anyOf.ts';

/** How the key of a service begins, and what follows; facts that its provider has published. */
const prefixes: readonly (readonly [beginning: string, rest: RegExp])[] = [
  // Models
  ['sk-', /[\w-]{16,}/],
  ['gsk_', /[A-Za-z\d]{20,}/],
  ['nvapi-', /[\w-]{20,}/],
  ['hf_', /[A-Za-z\d]{30,}/],
  ['r8_', /[A-Za-z\d]{32,}/],
  ['pplx-', /[A-Za-z\d]{20,}/],
  ['xai-', /[A-Za-z\d]{32,}/],
  ['tvly-', /[\w-]{16,}/],
  ['jina_', /[\w-]{32,}/],
  ['csk-', /[A-Za-z\d]{32,}/],
  ['pcsk_', /\w{32,}/],
  ['tgp_v1_', /[\w-]{24,}/],
  ['fastgpt-', /[A-Za-z\d]{20,}/],
  ['app-', /[A-Za-z\d]{24}(?![\w-])/],
  ['dataset-', /[A-Za-z\d]{24}(?![\w-])/],
  ['pat', /[A-Za-z\d]{14}\.[a-f\d]{64}(?!\w)/],
  ['pat_', /[A-Za-z\d]{40,}/],
  ['lsv2_', /(?:pt|sk)_[\w]{24,}/],
  ['ABSK', /[A-Za-z\d+/]{60,}={0,2}/],
  // Code and packages
  ['gh', /[oprsu]_\w{20,}/],
  ['github_pat_', /\w{20,}/],
  ['gl', /(?:pat|ptt|dt|rt|soat|cbt|ft|agent|imt|ffct)-[\w-]{16,}/],
  ['npm_', /[A-Za-z\d]{30,}/],
  ['pypi-', /[\w-]{40,}/],
  ['rubygems_', /[a-f\d]{40,}/],
  ['oy2', /[a-z\d]{43}(?!\w)/],
  ['dckr_pat_', /[\w-]{16,}/],
  ['AKCp', /[A-Za-z\d]{60,}/],
  ['CCIPAT_', /\w{20,}/],
  ['bkua_', /[a-f\d]{40}/],
  ['sgp_', /\w{40,}/],
  ['ATATT3', /[\w=-]{20,}/],
  ['ATCTT3', /[\w=-]{20,}/],
  ['ATBB', /[A-Za-z\d]{28,}/],
  ['PMAK-', /[a-f\d]{20,}-[a-f\d]{30,}/],
  // Clouds
  ['AIza', /[\w-]{30,}/],
  ['ya29.', /[\w-]{20,}/],
  ['GOCSPX-', /[\w-]{20,}/],
  ['AKIA', /[A-Z\d]{16}/],
  ['ASIA', /[A-Z\d]{16}/],
  ['ABIA', /[A-Z\d]{16}/],
  ['LTAI', /[A-Za-z\d]{12,26}/],
  ['STS.', /[A-Za-z\d]{20,}/],
  ['AKID', /[A-Za-z\d]{28,40}/],
  ['AKLT', /[A-Za-z\d]{28,}/],
  ['bce-v3/', /ALTAK-[\w-]{16,}\/[a-f\d]{32,}/],
  ['dop_v1_', /[a-f\d]{40,}/],
  ['doo_v1_', /[a-f\d]{40,}/],
  ['dor_v1_', /[a-f\d]{40,}/],
  ['hv', /[sbr]\.[\w-]{20,}/],
  ['dapi', /[a-f\d]{32}(?:-\d)?(?!\w)/],
  ['pscale_', /(?:tkn|oauth|pw)_[\w.=-]{30,}/],
  ['sbp_', /[a-f\d]{40}/],
  ['HRKU-', /[\w-]{30,}/],
  ['nfp_', /[A-Za-z\d]{36,}/],
  ['rnd_', /[A-Za-z\d]{28,}/],
  ['dp.', /(?:pt|st|ct|sa|scim|audit)\.[\w.]{40,}/],
  ['pul-', /[a-f\d]{40}/],
  ['tskey-', /(?:auth|api|client)-\w{8,}-\w{16,}/],
  // Talk, money and offices
  ['xox', /[abeprs](?:\.xox[bp])?-[\w-]{10,}/],
  ['xapp-', /[\w-]{16,}/],
  ['SG.', /[\w-]{16,}\.[\w-]{16,}/],
  ['xkeysib-', /[a-f\d]{40,}(?:-[A-Za-z\d]{16})?/],
  ['key-', /[a-f\d]{32}(?!\w)/],
  ['SK', /[a-f\d]{32}(?!\w)/],
  ['sk_', /(?:live|test)_\w{16,}/],
  ['rk_', /(?:live|test)_\w{16,}/],
  ['whsec_', /\w{16,}/],
  ['sq0', /(?:atp|csp)-[\w-]{20,}/],
  ['EAA', /[A-Za-z\d]{28,}/],
  ['shp', /(?:at|ca|pa|ss|ut)_[a-fA-F\d]{32}/],
  ['lin_api_', /[A-Za-z\d]{30,}/],
  ['figd_', /[\w-]{30,}/],
  ['ntn_', /[A-Za-z\d]{40,}/],
  ['secret_', /[A-Za-z\d]{43}(?!\w)/],
  ['SEC', /[a-f\d]{64}(?!\w)/],
  ['CFPAT-', /[\w-]{40,}/],
  ['apify_api_', /[A-Za-z\d]{30,}/],
  ['tfp_', /[\w-]{40,}/],
  // Tickets of a single sign-on
  ['ST-', /\d{1,9}-[A-Za-z\d-]{16,}/],
  ['TGT-', /\d{1,9}-[A-Za-z\d-]{16,}/],
  // What watches
  ['glsa_', /[A-Za-z\d]{30,}_[a-f\d]{8}/],
  ['glc_', /[\w+/]{32,}={0,2}/],
  ['NRAK-', /[A-Z\d]{27}/],
  ['sntry', /[su]_[\w=+/.-]{32,}/],
  ['dt0c01.', /[A-Z\d]{24}\.[A-Z\d]{64}/],
  ['phx_', /\w{40,}/],
  ['AGE-SECRET-KEY-1', /[A-Z\d]{50,}/],
];

const beginnings = anyOf(prefixes.map(([beginning]) => beginning));
const rests = prefixes.map(
  ([beginning, rest]) => `(?<=${beginning.replace(/[./]/g, String.raw`\$&`)})${rest.source}`,
);

/** Any of these keys. */
export const knownKey = new RegExp(String.raw`\b${beginnings}(?:${rests.join('|')})`, 'g');
/** How a key begins: without it none stands in a text. */
export const keyBeginnings = beginnings;

const secret = String.raw`([\w@.=-]{6,200}(?:\/[\w=-]{1,80}){0,3})(?![\w@.=-]|\/•)`;
const addresses = [
  String.raw`hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/(?:\w{1,20}\/){1,3}`,
  String.raw`discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{1,30}\/`,
  String.raw`\/api\/(?:v\d{1,2}\/)?webhooks\/\d{1,30}\/`,
  String.raw`(?:webhook\.office\.com|outlook\.office(?:365)?\.com)\/webhook(?:b2)?\/(?:[\w@-]{1,5}\/IncomingWebhook\/)?`,
  String.raw`\/open-apis\/bot\/(?:v2\/)?hook\/`,
  String.raw`\/flow\/api\/trigger-webhook\/`,
  String.raw`hooks\.zapier\.com\/hooks\/catch\/\d{1,12}\/`,
  String.raw`(?:sctapi|sc)\.ftqq\.com\/|push\.ft07\.com\/send\/|(?:iyuu\.cn|xizhi\.qqoq\.net)\/`,
  String.raw`api\.day\.app\/`,
  String.raw`hook\.(?:[a-z\d]{2,6}\.)?(?:make(?:\.celonis)?|integromat)\.com\/`,
  String.raw`maker\.ifttt\.com\/(?:trigger|use)\/(?:[\w-]{1,60}\/(?:json\/)?with\/key\/)?`,
  String.raw`webhook\.site\/|wxpusher\.zjiecode\.com\/api\/send\/message\/`,
  String.raw`\/webhook(?:-test|-waiting)?\/(?=[\da-f]{8}-[\da-f]{4}-)`,
  String.raw`\/hooks\/(?=[a-z\d]{17,})`,
];

/** The address of a bot or of a flow: whoever knows it may call it. Its end is the key. */
export const webhookAddress = new RegExp(`(${addresses.join('|')})${secret}`, 'gi');
