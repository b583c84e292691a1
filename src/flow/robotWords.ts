/** The parts of a Robot Framework file in which something is run, and those that say how. */
export type RobotSection = 'settings' | 'variables' | 'test' | 'task' | 'keyword';

/** As Robot Framework translates its headers; the singular is an older way to write them. */
const headers: Readonly<Record<RobotSection, string>> = {
  settings: 'settings|setting|设置|設置',
  variables: 'variables|variable|变量|變量',
  test:
    'test cases|test case|用例|案例|テスト ケース|testfälle|unités de test|casos de prueba|casos de teste|casi di test|' +
    'cazuri de test|testgevallen|testovací případy|testit|testfall|przypadki testowe|test durumları|тест-кейси|' +
    'заголовки тестов|тестови случаи|การทดสอบ|नियत कार्य प्रवेशिका|các kịch bản kiểm thử',
  task:
    'tasks|task|任务|任務|タスク|aufgaben|tâches|tareas|tarefas|attività|sarcini|taken|úlohy|taskovi|tehtävät|taskar|' +
    'zadania|görevler|завдань|задача|задачи|งาน|कार्य प्रवेशिका|các nghiệm vụ',
  keyword:
    'keywords|keyword|关键字|關鍵字|キーワード|schlüsselwörter|mots-clés|palabras clave|palavras-chave|parole chiave|' +
    'cuvinte cheie|sleutelwoorden|klíčová slova|avainsanat|nyckelord|słowa kluczowe|anahtar kelimeler|ключових слова|' +
    'ключевые слова|ключови думи|คำสั่งเพิ่มเติม|कुंजीशब्द|các từ khóa',
};

const sections: ReadonlyMap<string, RobotSection> = new Map(
  Object.entries(headers).flatMap(([section, words]) =>
    words.split('|').map((word) => [word, section as RobotSection] as const),
  ),
);

/** The part that a header like `*** Keywords ***` begins; undefined for comments and what is none. */
export function sectionOf(header: string): RobotSection | undefined {
  return sections.get(header.replaceAll('*', '').trim().toLowerCase());
}

const calls =
  /^(?:(?:suite|test|task) )?(?:setup|teardown)$|^(?:用例集|用例|任务|測試套|測試|任務)?(?:启程|终程|啟程|終程)$/;
const templates = /^(?:(?:test|task) )?template$|^(?:用例|任务|測試|任務)?模板$/;

const argumentLists = /^arguments$|^(?:参数|參數)$/;

/** Whether a setting runs a keyword, names the one that rows are arguments of, or says what one is given. */
export function kindOfSetting(name: string): 'call' | 'template' | 'arguments' | undefined {
  const word = name.trim().toLowerCase();
  if (argumentLists.test(word)) return 'arguments';
  if (calls.test(word)) return 'call';
  return templates.test(word) ? 'template' : undefined;
}
