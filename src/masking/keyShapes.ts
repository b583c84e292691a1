import { anyOf } from './anyOf.ts';

/** How the key of a service begins, and what follows; facts that its provider has published. */
const prefixes: readonly (readonly [beginning: string, rest: string])[] = [
  // Models
  ['sk-', String.raw`[\w-]{16,}`],
  ['gsk_', String.raw`[A-Za-z\d]{20,}`],
  ['nvapi-', String.raw`[\w-]{20,}`],
  ['hf_', String.raw`[A-Za-z\d]{30,}`],
  ['r8_', String.raw`[A-Za-z\d]{32,}`],
  ['pplx-', String.raw`[A-Za-z\d]{20,}`],
  ['xai-', String.raw`[A-Za-z\d]{32,}`],
  ['tvly-', String.raw`[\w-]{16,}`],
  ['jina_', String.raw`[\w-]{32,}`],
  ['csk-', String.raw`[A-Za-z\d]{32,}`],
  ['pcsk_', String.raw`\w{32,}`],
  ['tgp_v1_', String.raw`[\w-]{24,}`],
  ['fastgpt-', String.raw`[A-Za-z\d]{20,}`],
  ['app-', String.raw`[A-Za-z\d]{24}(?![\w-])`],
  ['dataset-', String.raw`[A-Za-z\d]{24}(?![\w-])`],
  ['pat', String.raw`[A-Za-z\d]{14}\.[a-f\d]{64}(?!\w)`],
  ['pat_', String.raw`[A-Za-z\d]{40,}`],
  ['lsv2_', String.raw`(?:pt|sk)_[\w]{24,}`],
  ['ABSK', String.raw`[A-Za-z\d+/]{60,}={0,2}`],
  // Code and packages
  ['gh', String.raw`[oprsu]_\w{20,}`],
  ['github_pat_', String.raw`\w{20,}`],
  ['gl', String.raw`(?:pat|ptt|dt|rt|soat|cbt|ft|agent|imt|ffct)-[\w-]{16,}`],
  ['npm_', String.raw`[A-Za-z\d]{30,}`],
  ['pypi-', String.raw`[\w-]{40,}`],
  ['rubygems_', String.raw`[a-f\d]{40,}`],
  ['oy2', String.raw`[a-z\d]{43}(?!\w)`],
  ['dckr_pat_', String.raw`[\w-]{16,}`],
  ['AKCp', String.raw`[A-Za-z\d]{60,}`],
  ['CCIPAT_', String.raw`\w{20,}`],
  ['bkua_', String.raw`[a-f\d]{40}`],
  ['sgp_', String.raw`\w{40,}`],
  ['ATATT3', String.raw`[\w=-]{20,}`],
  ['ATCTT3', String.raw`[\w=-]{20,}`],
  ['ATBB', String.raw`[A-Za-z\d]{28,}`],
  ['PMAK-', String.raw`[a-f\d]{20,}-[a-f\d]{30,}`],
  // Clouds
  ['AIza', String.raw`[\w-]{30,}`],
  ['ya29.', String.raw`[\w-]{20,}`],
  ['GOCSPX-', String.raw`[\w-]{20,}`],
  ['AKIA', String.raw`[A-Z\d]{16}`],
  ['ASIA', String.raw`[A-Z\d]{16}`],
  ['ABIA', String.raw`[A-Z\d]{16}`],
  ['LTAI', String.raw`[A-Za-z\d]{12,26}`],
  ['STS.', String.raw`[A-Za-z\d]{20,}`],
  ['AKID', String.raw`[A-Za-z\d]{28,40}`],
  ['AKLT', String.raw`[A-Za-z\d]{28,}`],
  ['bce-v3/', String.raw`ALTAK-[\w-]{16,}/[a-f\d]{32,}`],
  ['dop_v1_', String.raw`[a-f\d]{40,}`],
  ['doo_v1_', String.raw`[a-f\d]{40,}`],
  ['dor_v1_', String.raw`[a-f\d]{40,}`],
  ['hv', String.raw`[sbr]\.[\w-]{20,}`],
  ['dapi', String.raw`[a-f\d]{32}(?:-\d)?(?!\w)`],
  ['pscale_', String.raw`(?:tkn|oauth|pw)_[\w.=-]{30,}`],
  ['sbp_', String.raw`[a-f\d]{40}`],
  ['HRKU-', String.raw`[\w-]{30,}`],
  ['nfp_', String.raw`[A-Za-z\d]{36,}`],
  ['rnd_', String.raw`[A-Za-z\d]{28,}`],
  ['dp.', String.raw`(?:pt|st|ct|sa|scim|audit)\.[\w.]{40,}`],
  ['pul-', String.raw`[a-f\d]{40}`],
  ['tskey-', String.raw`(?:auth|api|client)-\w{8,}-\w{16,}`],
  // Talk, money and offices
  ['xox', String.raw`[abeprs](?:\.xox[bp])?-[\w-]{10,}`],
  ['xapp-', String.raw`[\w-]{16,}`],
  ['SG.', String.raw`[\w-]{16,}\.[\w-]{16,}`],
  ['xkeysib-', String.raw`[a-f\d]{40,}`],
  ['key-', String.raw`[a-f\d]{32}(?!\w)`],
  ['SK', String.raw`[a-f\d]{32}(?!\w)`],
  ['sk_', String.raw`(?:live|test)_\w{16,}`],
  ['rk_', String.raw`(?:live|test)_\w{16,}`],
  ['whsec_', String.raw`\w{16,}`],
  ['sq0', String.raw`(?:atp|csp)-[\w-]{20,}`],
  ['EAA', String.raw`[A-Za-z\d]{28,}`],
  ['shp', String.raw`(?:at|ca|pa|ss|ut)_[a-fA-F\d]{32}`],
  ['lin_api_', String.raw`[A-Za-z\d]{30,}`],
  ['figd_', String.raw`[\w-]{30,}`],
  ['ntn_', String.raw`[A-Za-z\d]{40,}`],
  ['secret_', String.raw`[A-Za-z\d]{43}(?!\w)`],
  ['SEC', String.raw`[a-f\d]{64}(?!\w)`],
  ['CFPAT-', String.raw`[\w-]{40,}`],
  ['apify_api_', String.raw`[A-Za-z\d]{30,}`],
  ['tfp_', String.raw`[\w-]{40,}`],
  // Tickets of a single sign-on
  ['ST-', String.raw`\d{1,9}-[A-Za-z\d-]{16,}`],
  ['TGT-', String.raw`\d{1,9}-[A-Za-z\d-]{16,}`],
  // What watches
  ['glsa_', String.raw`[A-Za-z\d]{30,}_[a-f\d]{8}`],
  ['glc_', String.raw`[\w+/]{32,}={0,2}`],
  ['NRAK-', String.raw`[A-Z\d]{27}`],
  ['sntry', String.raw`[su]_[\w=+/.-]{32,}`],
  ['dt0c01.', String.raw`[A-Z\d]{24}\.[A-Z\d]{64}`],
  ['phx_', String.raw`\w{40,}`],
  ['AGE-SECRET-KEY-1', String.raw`[A-Z\d]{50,}`],
];

const beginnings = anyOf(prefixes.map(([beginning]) => beginning));
const rests = prefixes.map(
  ([beginning, rest]) => `(?<=${beginning.replace(/[./]/g, String.raw`\$&`)})${rest}`,
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
  String.raw`(?:webhook\.office\.com|outlook\.office(?:365)?\.com)\/webhook(?:b2)?\/`,
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
