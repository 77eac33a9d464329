import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['**/node_modules', '**/target', '**/dist'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked.map((config) => ({
    ...config,
    files: ['app/{src,test}/**/*.{ts,tsx}'],
  })),
  {
    files: ['app/{src,test}/**/*.{ts,tsx}'],
    languageOptions: {
      parserOptions: { project: './app/tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    plugins: { 'react-hooks': hooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      // what writes HTML or runs text as code
      'no-restricted-syntax': [
        'error',
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: 'Nothing is put into the page as HTML.',
        },
        {
          selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
          message: 'Nothing is put into the page as HTML.',
        },
      ],
      'no-eval': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', 300],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
    },
  },
);
