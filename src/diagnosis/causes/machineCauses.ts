import type { CauseEntries } from './causeEntry.ts';
import { unixErrors, windowsErrors } from './systemErrors.ts';

/** A name of a file or a path, as a message quotes it. */
const path = /[\w\u4e00-\u9fff)'"” -]{0,60}\.[a-z]{2,5}\b/.source;

/** What the machine ran short of, and what it said of a file. */
export const machineCauses = {
  outOfMemory: {
    category: 'resource',
    patterns: [
      windowsErrors(8, 14, 1450, 1455),
      unixErrors('ENOMEM', 12),
      /out of memory|MemoryError|\bOOM(?:Killed)?\b|OutOfMemory|heap space|cannot allocate memory|unable to allocate \d|not enough memory|not enough storage is available to|insufficient (?:memory|system resources)|paging file is too small|GC overhead limit|\bbad_alloc\b|\bkilled due to memory|\bcannot allocate \d[\d,.]{0,20} ?(?:bytes|[kmg]i?b)\b|\bmemory limit exceeded/i,
      /内存(?:不足|不够|耗尽)|没有足够的内存|(?:内存|系统)资源不足|内存溢出|存储空间不足，无法(?:处理此命令|完成此操作)|内存(?:使用|占用)?超[过出](?:限制|上限|最大)|页面文件太小/,
    ],
    remedies: ['giveMoreMemory', 'processInBatches', 'runLater'],
  },
  diskFull: {
    category: 'resource',
    patterns: [
      windowsErrors(39, 112),
      unixErrors('ENOSPC|EDQUOT', 28, 122),
      /no space left|(?:insufficient|not enough) (?:disk|storage|free) space|not enough space left|not enough space on the disk|disk (?:is )?full|disk quota exceeded|unable to extend (?:table|index|temp segment|segment)|\btable '[^'\n]{1,80}' is full|ORA-0165[2-9]/i,
      /磁盘[^\n]{0,4}(?:已?满|空间不足|用[尽完]|耗尽)|(?:存储|硬盘|[A-Z] ?盘)空间不足|设备上没有(?:剩余)?空间/,
    ],
    remedies: ['freeDisk'],
  },
  fileInUse: {
    category: 'storage',
    patterns: [
      windowsErrors(32, 33),
      unixErrors('EBUSY|ETXTBSY', 16, 26),
      /another process has locked|being used by another (?:process|program|user)|used by another process|\b(?:file|folder|directory|path|workbook|document)\b[^\n]{0,120}\bbecause it is in use\b|\bpermission denied: ['\"][^'\"\n]{0,200}~\$|\b(?:workbook|document|file|it|\.\w{2,4}) is (?:already )?open in another\b|sharing violation|text file busy|device or resource busy|file is (?:locked|in use|open in)|\b(?:document|file|workbook)\b[^\n]{0,80}\bis already open|locked for editing|\bfile\b[^\n]{0,80}\blocked by\b/i,
      /另一个?(?:程序|进程)(?:正在使用|已锁定|使用)|正由另一|文件[^\n]{0,40}(?:被占用|被[^\n]{1,24}(?:占用|锁定)|正被[^\n]{0,12}(?:占用|使用)|正在使用|正由|已锁定|被锁定|已被锁定|正在被[^\n]{0,12}使用|被[^\n]{1,24}锁定编辑|已被[^\n]{0,8}打开|被[^\n]{1,12}打开[，, ]{0,2}(?:无法|不能))|(?<!剪贴板)被(?:其他|另一个?|别的)[^\n]{0,4}(?:程序|进程|应用|用户)[^\n]{0,4}(?:占用|使用|锁定|打开)|锁定[^\n]{0,4}只能以?只读|\.(?:xlsx?|xlsm|csv|docx?|pptx?|pdf|txt)["'”’」】]? ?(?:正在使用|已?被占用)|文件已打开|(?:文件|工作簿|文档)[^\n]{0,8}已?在(?:其他|另一个?|别的)[^\n]{0,2}(?:程序|应用|进程|窗口)中?(?:打开|使用)|请先?关闭(?:相关)?(?:文件|Excel|工作簿)/,
    ],
    remedies: ['closeFile', 'runAgain'],
  },
  fileUnusable: {
    category: 'data',
    patterns: [
      /\bunsupported file (?:type|format)\b|BadZipFile|file is not a zip file|XLRDError|\bdoes not support (?:the )?(?:old )?\.\w{2,5} file|InvalidFileException|Pdf(?:Read|Stream)Error|PDFSyntaxError|PDFPasswordIncorrect|PDFEncryptionError|CompDocError|workbook corruption|UnidentifiedImageError|cannot identify image file|file format cannot be determined|EmptyDataError|Error tokenizing data|\bBadGzipFile\b|not a gzipped file|invalid zip header|end-of-central-directory|(?:invalid|corrupt(?:ed)?) or (?:invalid|corrupt(?:ed)?) (?:file|zip|archive)|cannot (?:read|open) the (?:pdf|file|document|workbook): (?:it is )?(?:encrypted|corrupt|damaged)|\bfile (?:format (?:or|and) (?:file )?extension|extension)\b[^\n]{0,20}\bnot (?:valid|match)|\b(?:file|workbook|document|pdf|archive)(?: (?:"[^"\n]{1,120}"|'[^'\n]{1,120}'|“[^”\n]{1,120}”|\S{0,100}\.\w{1,5}))? (?:is|may be|appears to be) (?:corrupt(?:ed)?|damaged|password[- ]protected)|\bworkbook is protected\b|\bcannot open empty file\b|\bPackage not found at '|\bfile could not be decrypted\b|\bpassword[- ]protected (?:workbook|file|document|pdf)\b[^\n]{0,10}\b(?:cannot|can['’]t|could not)\b|\bfile has not been decrypted\b/i,
      /(?:文件|工作簿|文档)[^\n]{0,20}(?:已损坏|已经损坏|密码保护|格式(?:和|与)[^\n]{0,4}扩展名不匹配)|文件格式(?:和|与|或)[^\n]{0,4}扩展名[^\n]{0,4}(?:不匹配|无效)|(?:文件|工作簿|文档)(?:已|被)?加密(?:[^\n]{0,6}(?:无法|不能|需要?密码|密码错误|请输入密码)|[。)）!！]{0,3}$)|(?:文件|工作簿|文档)(?:可能)?(?:已|被)?损坏(?=$|[\s，,。；;:：)）!！]|或|无法|不能)|不支持(?:的|该|此)?(?:文件|图片|图像)(?:格式|类型)|(?:Excel|Word|PDF|图片|压缩)(?:文件|包)?[^\n]{0,4}(?:已加密|损坏|已损坏)|PDF[^\n]{0,4}解析失败|(?:文件|图片|图像)(?:格式|类型)(?:不支持|不受支持|不正确)/,
    ],
    remedies: ['checkFileForm', 'checkPath'],
  },
  fileNotFound: {
    category: 'notFound',
    patterns: [
      windowsErrors(2, 3, 161),
      unixErrors('ENOENT', 2),
      /FileNotFound(?:Error|Exception)|NoSuch(?:File|Bucket|Key)\b|\bspecified (?:bucket|key) does not exist|DirectoryNotFound|\bno such file\b|could not find (?:a part of the path|file)|cannot find the (?:file|path)|\b(?:file|(?<!network )path|directory|folder) (?:does not exist|doesn't exist|(?:was )?not found)|\b(?:file|path|directory|folder) (?:"[^"\n]{1,120}"|'[^'\n]{1,120}') (?:does not exist|doesn't exist|(?:was )?not found)|\bno such object: \S{1,200}\/|\b(?:input |source |remote )?file (?:is )?missing\b|\bitemNotFound\b|\b(?:blob|object|bucket|container) does not exist|\bBlobNotFound\b|\bno (?:such )?file (?:at|found at|in) (?:the )?path\b|moved, renamed,? or deleted/i,
      new RegExp(`\\bfile ${path}['"]? (?:does not exist|doesn't exist|(?:was )?not found)`, 'i'),
      /(?:找不到|未找到|没有找到|未能找到)[^\n]{0,12}(?:文件|(?<!网络)路径)|(?:文件|路径|文件夹|目录)(?:“[^”\n]{1,80}”|[:：][^\n，,]{1,80}| [^\s，,]{1,120} )?(?:不存在|未找到|不可访问|有误)|文件路径(?:无效|不正确|错误)|被移动、重命名或删除|(?:模板|附件|输入|数据|配置)(?:文件(?:缺失(?!说明|项)|未找到|不存在|找不到)|未找到|不存在(?!争议|异议|歧义|问题)|找不到)|(?:模板|输入|数据|配置)缺失(?!说明|项)/,
    ],
    remedies: ['checkPath'],
  },
} as const satisfies CauseEntries;
