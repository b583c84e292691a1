import type { CauseEntries } from './causeEntry.ts';

/** What databases answer. */
export const databaseCauses = {
  databaseBusy: {
    category: 'database',
    patterns: [
      /deadlock (?:found|detected)|was deadlocked|deadlock victim|lock wait timeout|\block timeout(?=$|[:.,;)]| exceeded| expired)|lock request time ?out|database (?:file |table )?is locked|SQLITE_BUSY|too many (?:connections|clients already)|could not obtain lock on|connection slots are reserved|QueuePool limit|Pool-\d{1,4} - Connection is not available|no appropriate service handler|could not serialize access|obtaining a connection from the pool|connection pool (?:is )?exhausted|\bPool(?:Is)?Exhausted|max pool size was reached|SQLSTATE ?[[(]?(?:40001|40P01|55P03)\b|ORA-000(?:18|20|54|60)\b|ORA-125(?:16|19|20)\b/i,
      /死锁|锁等待超时|数据库连接(?:数|池)[^\n]{0,6}(?:已满|耗尽|超)|(?<!http ?)连接池已?(?:耗尽|用尽)/i,
    ],
    remedies: ['runAgain', 'checkDatabase'],
  },
  databaseConstraint: {
    category: 'database',
    patterns: [
      /duplicate (?:entry|key)|unique(?:ness)? (?:constraint|violation|index)|violat(?:es|ion of) [\w -]{1,30} constraint|(?:not null|check|unique|foreign key) constraint|IntegrityError|data too long for column|cannot insert (?:the value )?null|\bcolumn '[^'\n]{1,80}' cannot be null|out of range value for column|incorrect \w{1,20} value: [^\n]{1,80} for column|value too (?:large|long) for|would be truncated|numeric field overflow|conversion failed when converting|error converting data type|invalid input syntax for|SQLSTATE ?[[(]?23\w{3}\b/i,
      /ORA-0000[12]\b|ORA-01400\b|ORA-01438\b|ORA-01722\b|ORA-018(?:30|4[0137]|58|61)\b|ORA-0229[0-3]\b|ORA-12899\b|违反[^\n]{0,20}约束|重复(?:键|条目)|(?:主键|唯一键)[^\n]{0,4}(?:冲突|重复)|将截断字符串|数据过长[，,][^\n]{0,12}(?:字段|列|截断)/i,
    ],
    remedies: ['checkConstraint', 'checkInputForm'],
  },
  databaseStatement: {
    category: 'database',
    patterns: [
      /error in your SQL syntax|SQLSyntaxError|\bSQL syntax|(?:syntax error at end of input|syntax error (?:at or )?near|incorrect syntax near)|near "[^"\n]{1,80}": syntax error|unknown column|invalid (?:column|object) name|invalid identifier|unknown (?:expression )?identifier|no such (?:table|column)|(?:relation|table|column)\b[^\n]{0,60}does(?:n't| not) exist|column count doesn'?t match|\bcolumn\b[^\n]{0,60}\bin \w{2,12} (?:clause|list) is ambiguous|table or view not found|\bDB::Exception\b[^\n]{0,20}\bsyntax error|\bexception, code: 62\b|SQLSTATE ?[[(]?42(?!501)\w{3}\b|ORA-009\d\d\b/i,
      /SQL ?语法(?:错误|有误)|附近有语法错误|关系 "[^"\n]{1,80}" 不存在|表或视图不存在|(?<![队序系阵下])列 ["'][^"'\n]{1,80}["'] 不存在|(?<![\u4e00-\u9fff])关系 ?["“'][^"”'\n]{1,80}["”'] ?不存在|无效的(?:表|列|视图|表或视图|对象|模式)名|语法分析出错|(?:列名|对象名|字段名)[^\n]{0,80}无效/i,
    ],
    remedies: ['checkStatement'],
  },
} as const satisfies CauseEntries;
