import { readFileSync } from 'node:fs';

/** The console's export of the sample, its six nodes so many times under ids of their own. */
export function largeFlow(copies: number): string {
  const sample = new URL('../fixtures/flows/invoice-entry.yaml', import.meta.url);
  const text = readFileSync(sample, 'utf8');
  const [from, to] = [text.indexOf('  nodes:\n') + 9, text.indexOf('  edges:')];
  const nodes = Array.from({ length: copies }, (_, copy) =>
    text.slice(from, to).replaceAll('::', `::${String(copy)}-`),
  );
  return text.slice(0, from) + nodes.join('') + text.slice(to);
}

/** The same as the console writes it where texts are long: folded, over several lines, and what is said twice by a name. */
export function foldedFlow(copies: number): string {
  let names = 0;
  return largeFlow(copies).replaceAll(/^ {4}data:\n/gm, (data) => data + folded(++names));
}

function folded(name: number): string {
  const id = `id${String(name).padStart(3, '0')}`;
  return String.raw`      description: 指定检测的敏感分类： pornDetection 色情 violentTerrorism 暴恐 political 涉政
        lowQualityIrrigation 低质量灌水 contraband 违禁 advertisement 广告 uncivilizedLanguage
        不文明用语
      advancedConfig: '{"prologue":{"enabled":true,"inputExample":["📞 获取一对一报价","🚗 宝马X3推荐","📋
        进出口政策解读"],"prologueText":"您好！它''s 智能助手"}}'
      code: "import re\n\n# 检验语言\ndef main(input):\n    if not input or len(input.strip())\
        \ == 0:\n        return '英语'\n    \n    chinese_chars = re.findall(r'[\\\
        u4e00-\\u9fa5]', input)\n"
      systemTemplate: |+
        分析用户咨询的消息，结合对话历史，判断意图。

        ## 上下文处理规则：

      template: |2-

          如果当前消息
        未提及
      references: &${id}
      - label: 开始
        parentNode: true
      usedReferences: *${id}
`;
}
