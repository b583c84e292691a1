import { expect, test } from 'vitest';

import { accessIn, accessOfCall } from '../../../src/diagnosis/access.ts';

const rows: readonly (readonly [string, string | null, string | null])[] = [
  // Of the product, of systems and of clouds.
  [
    'Create task error: 403 Forbidden: user rpa_service may not run project 2041775512',
    'rpa_service',
    'project 2041775512',
  ],
  ["Access denied for user 'rpa'@'10.0.0.1' (using password: YES)", 'rpa', null],
  ["Access denied for user 'rpa'@'%' to database 'erp'", 'rpa', 'database erp'],
  ["SELECT command denied to user 'ro'@'db1' for table 'orders'", 'ro', 'table orders'],
  ['permission denied for table invoices', null, 'table invoices'],
  ['ERROR: permission denied for schema "finance"', null, 'schema finance'],
  [
    "PermissionError: [Errno 13] Permission denied: '/data/out/report.xlsx'",
    null,
    '/data/out/report.xlsx',
  ],
  ["Access to the path 'C:\\RPA\\out.csv' is denied.", null, 'C:\\RPA\\out.csv'],
  [
    'User: arn:aws:iam::123456789012:user/rpa is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::bills/1.pdf',
    'arn:aws:iam::123456789012:user/rpa',
    'arn:aws:s3:::bills/1.pdf',
  ],
  ['Login failed for user "sa".', 'sa', null],
  ["The account 'CORP\\svc.rpa' does not have permission to log on", 'CORP\\svc.rpa', null],
  ['User zhang.wei lacks privilege CREATE TABLE', 'zhang.wei', null],
  ['当前账号没有“付款审批”的操作权限，请联系管理员', null, '付款审批'],
  ['用户“zhangsan”无权访问“财务共享”', 'zhangsan', '财务共享'],
  ['账号 rpa01 没有对文件夹“财务共享”的写入权限', 'rpa01', '财务共享'],
  ['账号：finance-bot 权限不足', 'finance-bot', null],
  ['用户 zhangsan 对数据库“erp”没有写权限', 'zhangsan', 'erp'],
  ['账号admin已被停用', 'admin', null],
  ["EACCES: permission denied, open '/var/lib/rpa/state.json'", null, '/var/lib/rpa/state.json'],
  // What names nobody and nothing.
  ['用户 login failed', null, null],
  ['用户组“财务”无权限', null, null],
  ['The user account you are using is disabled', null, null],
  ['Access denied.', null, null],
  ['user is not authorized', null, null],
  ['The user does not have permission to do that', null, null],
  ['Invalid username or password', null, null],
  ['user name or password is wrong', null, null],
  ['account is locked', null, null],
  ['用户名或密码错误', null, null],
  ['用户权限不足', null, null],
  ['账号已被锁定', null, null],
  ['没有权限', null, null],
  ["Access denied for user '••••'", null, null],
  ['401 Unauthorized', null, null],
  ['Failed to open the file because access was denied', null, null],
  ['Write file failed: permission denied', null, null],
  ['Open file error: permission denied', null, null],
  ['Cannot access file as permission is denied', null, null],
  ['Unable to delete folder, permission denied', null, null],
  ['access denied: user 2 of 5', null, null],
  ['You are not authorized to view this item', null, null],
  ['Not allowed to open file in the folder', null, null],
  ['ORA-01017: 用户名/口令无效; 登录被拒绝', null, null],
];

test.each(rows)('who, and what was refused: %s', (text, account, resource) => {
  expect(accessIn(text)).toEqual({ account, resource });
});

test.each([
  [
    [{ name: 'projectId', value: '2041775512' }],
    { account: null, resource: 'projectId 2041775512' },
  ],
  [
    [
      { name: 'user', value: 'reader' },
      { name: 'database', value: 'erp' },
    ],
    { account: 'reader', resource: 'database erp' },
  ],
  [
    [
      { name: 'url', value: '' },
      { name: 'user', value: '••••c3f1' },
      { name: 'account', value: '  ' },
      { name: 'uid', value: '1001' },
      { name: 'path', value: { a: 1 } },
    ],
    { account: null, resource: null },
  ],
])('of what was called: %o', (values, expected) => {
  expect(accessOfCall(values.map((value) => ({ ...value, form: 'json', round: null })))).toEqual(
    expected,
  );
});
