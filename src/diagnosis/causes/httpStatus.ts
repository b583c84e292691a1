/** What may stand in front of a status for it to be one: `HTTP 403`, `status_code=403`, `Error code: 403`. */
const before =
  '(?:\\bhttp(?:s|/\\d(?:\\.\\d)?)?(?: error| status)?|\\bstatus(?:[ _-]?code)?|\\bstatusCode|(?:^|[\\n.,;:(\\[{"]\\s{0,3})(?:error|response|http|api)?[ _-]?code|\\b(?:error|response|http|api)[ _-]?code|\\berror|\\bresponse|\\breturned|返回了?错误|响应码|状态码|错误码)';
/** Between the two: a sign, a quote, `of`. */
const between = '(?:\\s{0,3}(?:[=:(\\["\'“”<：]|is|of|was|为)){0,4}\\s{0,3}';
/** Behind it stands no word that it would count: “429 invoices” are no status. */
const behind =
  '(?![\\d.]\\d)(?!\\d)(?=\\s{0,2}(?:$|[-–:,.;)\\]}"\'”<>|/&\\n，。：；、）]|[\\u4e00-\\u9fff]|error\\b|client\\b|server\\b|for (?:url|http)|';

/**
 * A pattern for HTTP statuses as services and libraries write them, and nothing that only looks like one. `reasons`
 * are the words that may follow it, as a part of a pattern.
 */
export function httpStatus(statuses: string, reasons: string): RegExp {
  return new RegExp(`${before}${between}(?:${statuses})${behind}(?:${reasons})\\b))`, 'i');
}
