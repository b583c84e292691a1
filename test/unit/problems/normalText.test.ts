import { describe, expect, test } from 'vitest';

import { normalText } from '../../../src/problems/normalText.ts';

/** Each row is one problem, however it was said. */
const same: readonly (readonly string[])[] = [
  ['Element not found: #btnSave after 30000 ms', 'Element not found: #btnSave after 29871 ms'],
  [
    '未找到元素：//div[@id="save"]/tr[17]，等待 30 秒',
    '未找到元素：//div[@id="save"]/tr[3]，等待30秒',
    '未找到元素: //div[@id="save"]/tr[17], 等待 30 秒',
  ],
  ['订单20391不存在', '订单20392不存在', '订单 20391 不存在'],
  [
    '文件：C:\\a\\1.xlsx不存在',
    '文件：D:\\b\\2.xlsx不存在',
    '文件：D:/数据/月报 2.xlsx不存在'.replace(' ', '_'),
  ],
  ['No such file or directory: /tmp/run-18/out.csv', 'No such file or directory: /var/data/in.csv'],
  [
    'Cannot open file "C:\\Users\\wang\\Desktop\\invoice.pdf"',
    'Cannot open file "D:\\in\\invoice_0042.pdf"',
  ],
  [
    'GET https://erp.example.com/api/orders/20391?token=a failed with status 502',
    'GET https://erp.example.com/api/orders/77?token=b failed with status 502'.replace(
      '77',
      '77001',
    ),
  ],
  ['password ••••c3f1 was refused', 'password ••••9a0e was refused', 'password •••• was refused'],
  [
    'Task 3f9d2b1a-6c41-4c0e-a8f7-2b8b4a9a1c33 was lost',
    'Task 0a1b2c3d-1111-2222-3333-444455556666 was lost',
  ],
  ['at 2026-11-28T16:04:05.123Z no answer', 'at 2026-11-27 08:00:01 no answer'],
  ['2026年11月28日的报表没有数据', '2026年1月2日的报表没有数据'],
  ['mail to li.lei@example.com bounced', 'mail to han@corp.cn bounced'],
  ['connect ECONNREFUSED 10.0.0.7:9000', 'connect ECONNREFUSED 192.168.1.20:9000'],
  ['Invoice INV-20391 has no total', 'Invoice INV-20400 has no total'],
  ['金额 ¥1,280.50 与 ¥1,280.00 不符', '金额 ¥99.00 与 ¥98.50 不符'],
  ['“张三”不在列表中', '“李四”不在列表中'],
  ["value '12 apples' is no number", "value 'three pears' is no number"],
  ['第3行缺少客户编号', '第12行缺少客户编号', '第 3 行缺少客户编号'],
  ['row 3 has no customer', 'row 1204 has no customer'],
  ['等待超时：３０秒', '等待超时：30秒', '等待超时: 45 秒'],
  ['\u001b[31mtimed out after 60.0s\u001b[0m', 'timed out after 59.8s'],
  ['object at 0x7f3a9c001d30 is gone', 'object at 0x7f11aa02bd30 is gone'],
  ['commit deadbeef01234567 not found', 'commit 0123456789abcdef not found'],
  ['spf00000000@hf1a2094e57960009782 ended', 'spf00000001@hf0b2094e57960009999 ended'],
  ['progress 45% of 120 files', 'progress 7% of 9 files'],
  ['窗口句柄 132456 已失效', '窗口句柄 998877 已失效'],
  ['element .row:nth-child(3) is covered', 'element .row:nth-child(14) is covered'],
  ['#item-20391 is not clickable', '#item-77120 is not clickable'],
  ['Retry 1 of 3 failed', 'Retry 3 of 3 failed'],
  ['Timeout 30000ms exceeded.', 'Timeout 15000ms exceeded.'],
  ['金额 ¥1,280.50 超过上限', '金额￥９９．５超过上限'],
  ['<Response object at 0x7f3a12b0> has no text', '<Response object at 0x7f99c4d8> has no text'],
  ['Access violation at address 0x77E3F4A1', 'Access violation at address 0x00401000'],
  ['Report of Oct 12, 2026 is empty', 'Report of November 3, 2026 is empty'],
  ['No shift on Monday', 'No shift on Thursday'],
  ['十月报表未生成', '十一月报表未生成', '3月报表未生成'.replace('3', '三')],
  ['没有 星期一 的排班', '没有 星期三 的排班'],
  ['等待元素 #save 超时：30秒', '等待元素 #save 超时：1分30秒', '等待元素 #save 超时：2 分 5 秒'],
  ['no answer after 90s', 'no answer after 1m 30s', 'no answer after 1h 2m 3s'],
  ['error: 3 of 17 rows failed', 'error: 1 of 250 rows failed'],
  ['错误：3行未导入', '错误：17行未导入'],
  ['客户编号 C-00123 未找到', '客户编号 C-99 未找到'],
  ['Ticket JIRA-1234 closed', 'Ticket JIRA-99 closed'],
  ['Rate limit. Request ID: req_8f3ac01b77', 'Rate limit. Request ID: req_beefcafe'],
  ['系统异常（请求ID：a-b_c7）', '系统异常（请求ID：zz-yy_x1）', '系统异常（请求 ID：1730000）'],
  ['{"msg":"busy","trace_id":"ab-12-zz"}', '{"msg":"busy","trace_id":"qq-77-kk"}'],
  ['session 3f2b9d was lost', 'session 77aa01 was lost'],
  ['Excel 单元格 B12 不是日期', 'Excel 单元格 AC340 不是日期', 'Excel单元格$B$12不是日期'],
  ['Cell B12 is empty', 'Cell AA7 is empty'],
  ['/home/张三/下载/账单 (1).pdf 打不开', '/home/李四/下载/账单 (12).pdf 打不开'],
  ['C:\\Program Files\\ERP\\a.xlsx is locked', 'D:\\My Data (2)\\b 2.xlsx is locked'],
  ['\\\\fs01\\共享 文件\\a b.docx 无法访问', '\\\\fs02\\c.docx无法访问'],
  ['Mon, 12 Oct 2026 08:00:00 GMT is in the past', 'Tue, 13 Oct 2026 09:10:00 GMT is in the past'],
  ['at 10:32 PM the job stopped', 'at 9:05 AM the job stopped'],
  ['上午10:32任务停止', '下午 3:05 任务停止'],
  ['金额：壹佰元整', '金额：贰佰伍拾元整'],
  ['amount 1 280,50 € refused', 'amount 99,00 € refused'],
  ['第三行数据为空', '第十二行数据为空', '第4行数据为空'],
  ['身份证号 340102199001011234 无效', '身份证号 34010219900101123X 无效'],
  ['fe80::1ff:fe23:4567:890a unreachable', '2001:db8::1 unreachable'],
  ['MAC 00:1A:2B:3C:4D:5E blocked', 'MAC AA:BB:CC:DD:EE:FF blocked'],
  ['session 7fj3k2l9s8d7f6g5 expired', 'session a8s7d6f5g4h3j2k1 expired'],
  ['job 01HZX3V6K7QW8E9R0T1Y2U3I4O failed', 'job 01J0A1B2C3D4E5F6G7H8J9K0M1 failed'],
  ['用户 zhang_san01 已锁定', '用户 li_si22 已锁定'],
  ['车辆粤B·12345未登记', '车辆京A12345未登记', '车辆沪AD12345未登记', '车辆 苏E·88A88 未登记'],
  ['更新A123456失败', '更新B654321失败'],
  ['vehicle AB-123-CD is not insured', 'vehicle X-9-YZ is not insured'],
  ['plate: AB12 CDE is unknown', 'plate: XY99 ZZZ is unknown', 'plate: 7ABC123 is unknown'],
  ['车牌号：粤B·12345 无效', '车牌号：湘A·88888 无效', '车牌号：AB-123-CD 无效'],
  ['客户：张三', '客户：李四', '客户: 欧阳娜娜', '客户：启明办公有限公司'],
  ['客户：张三，订单未找到', '客户：王小明，订单未找到', '客户：合肥科大集团，订单未找到'],
  ['User: John Smith', 'User: Mary-Ann O’Neill', 'User: José García', 'User: 张三'],
  ['Customer: John Smith has no address', 'Customer: Li Lei has no address'],
  ['审批失败（审批人：赵六）', '审批失败（审批人：钱七）'],
  ['「启明办公」不在白名单', '「合肥科大」不在白名单'],
  ['《采购合同2026-01》未盖章', '《销售合同》未盖章'],
  [
    'RPA node request failed(Query task error: Element not found: #a)',
    'RPA node request failed(Task execution failed: -1-Element not found: #a)',
    'Workflow node execution failed(RPA node request failed(Task exec failed: -1-Element not found: #a))',
    'Element not found: #a',
  ],
];

/** Each row is two problems. */
const apart: readonly (readonly [string, string])[] = [
  ['Missing header: Request ID', 'Missing header: Session ID'],
  ['session is locked', 'session is closed'],
  ['cell phone is missing', 'cell is missing'],
  ['Element not found: #btnSave', 'Element not found: #btnCancel'],
  ['未找到元素：//div[@id="save"]', '未找到元素：//div[@id="cancel"]'],
  ['request failed with status 401', 'request failed with status 500'],
  ['HTTP 429', 'HTTP 503'],
  ["KeyError: 'amount'", "KeyError: 'price'"],
  ['错误码：55003', '错误码：55004'],
  ['错误码 55003', '错误码 55004'],
  ['找不到窗口', '找不到元素'],
  ['code=10110', 'code=10907'],
  ['exit code 1', 'exit code 137'],
  ['[Errno 2] No such file', '[Errno 13] No such file'],
  ['COM error 0x80070005', 'COM error 0x800A03EC'],
  ['GET https://a.example.com/x failed', 'GET https://b.example.com/x failed'],
  ['GET https://a.example.com/orders failed', 'GET https://a.example.com/invoices failed'],
  ['C:\\a\\1.xlsx不存在', 'C:\\a\\1.pdf不存在'],
  ['column "total" is missing', 'column "customer" is missing'],
  ['.login > button is covered', '.logout > button is covered'],
  ['input[name="user"] is gone', 'input[name="pass"] is gone'],
  ['连接超时', '连接被拒绝'],
  ["module 'pandas' not found", "module 'openpyxl' not found"],
  ["<wnd title='SAP' /> not found", "<wnd title='ERP' /> not found"],
  ['NameError: x', 'TypeError: x'],
  ['"code": 403', '"code": 404'],
  ['cannot open "https://a.example.com/x"', 'cannot open "https://b.example.com/x"'],
  ['DB error ORA-00001', 'DB error ORA-12154'],
  ['缺少字段“金额”', '缺少字段“客户编号”'],
  ["KeyError: '金额'", "KeyError: '客户编号'"],
  ['“金额”列不存在', '“单价”列不存在'],
  ['按钮“保存”不可用', '按钮“取消”不可用'],
  ['button "Save As" is disabled', 'button "Send To" is disabled'],
  ['System error: 5', 'System error: 1225'],
  ['statusCode: 401', 'statusCode: 403'],
  ['errcode=40001', 'errcode=40013'],
  ['ret=-1', 'ret=-7'],
  ['signal 9', 'signal 15'],
  ['E1001: bad', 'E1002: bad'],
  ['error TS2304: bad', 'error TS2345: bad'],
  ['codec UTF-8', 'codec UTF-16'],
  ['用户不存在', '用户已锁定'],
  ['用户：不存在', '用户：已锁定'],
  ['客户：严重错误', '客户：高级权限缺失'],
  ['客户：张三不存在', '客户：张三已锁定'],
  ['User: Not Found', 'User: Access Denied'],
  ['User: Admin', 'User: Guest'],
  ['Error: Bad Gateway', 'Error: Service Unavailable'],
  ['Window: Main Menu', 'Window: Save Dialog'],
  ['客户：#btnSave 未找到', '客户：#btnCancel 未找到'],
  ['User: .login > button is covered', 'User: .logout > button is covered'],
  ['字段：姓名', '字段：电话'],
  ['step: 登录', 'step: 登出'],
  ['error AB-123-CD', 'error AB-124-CD'],
  ['错误码：AB-123-CD', '错误码：AB-124-CD'],
  ['DB error ORA-00001 of 粤B·12345', 'DB error ORA-12154 of 粤B·12345'],
  ['codec UTF-8 of AB-123-CD', 'codec UTF-16 of AB-123-CD'],
  ['车辆粤B·12345未登记', '车辆粤B·12345已登记'],
  ['未找到窗口标题 "登录"', '未找到窗口标题 "主界面"'],
  ['C:\\temp is full, see a.log', 'C:\\temp is gone, see a.log'],
  ['Query task error: ', 'Task exec failed: '],
  ['Task exec failed: -1-no answer', 'Task exec failed: 5001-no answer'],
];

describe('the normal form of an error text', () => {
  test.each(same.map((texts) => [texts[0] ?? '', texts] as const))(
    'is the same: %s',
    (_, texts) => {
      const [first, ...others] = texts.map(normalText);
      expect(others).toEqual(others.map(() => first));
    },
  );

  test.each(apart)('differs: %s, %s', (one, other) => {
    expect(normalText(one)).not.toBe(normalText(other));
  });

  test('is its own', () => {
    for (const text of [...same.flat(), ...apart.flat()]) {
      expect(normalText(normalText(text))).toBe(normalText(text));
    }
  });

  test('of a long text is bounded, whatever it is made of', () => {
    for (const piece of [
      'a',
      '"',
      '/',
      '//',
      '[',
      '#a',
      '1',
      'C:\\',
      '<a ',
      '错误码',
      '@',
      'x@',
      '.a',
      '-',
      ' ',
    ]) {
      expect(normalText(piece.repeat(50_000)).length).toBeLessThanOrEqual(300);
    }
  });
});
