import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** What each part of the interface may not import. `src/layers.test.ts` checks the same from the other side. */
const FORBIDDEN = {
  shared: ['backend', 'state', 'viewer', 'findings', 'matrix', 'preferences', 'app'],
  backend: ['shared', 'state', 'viewer', 'findings', 'matrix', 'preferences', 'app'],
  state: ['viewer', 'findings', 'matrix', 'preferences', 'app'],
  viewer: ['findings', 'matrix', 'preferences', 'app'],
  findings: ['viewer', 'matrix', 'preferences', 'app'],
  matrix: ['viewer', 'findings', 'preferences', 'app'],
  preferences: ['viewer', 'findings', 'matrix', 'app'],
  app: [],
};

function layer(part, forbidden) {
  const patterns = [
    ...forbidden.map((other) => ({
      group: [`../${other}`, `../${other}/*`],
      message: `${part} lies below or beside ${other}: app -> features -> state -> backend.`,
    })),
    { group: ['../backend/*'], message: 'Import what backend/index.ts shows.' },
  ];
  if (part !== 'viewer')
    patterns.push({ group: ['pdfjs-dist', 'pdfjs-dist/*'], message: 'Only the viewer knows pdf.js.' });
  if (part !== 'backend')
    patterns.push({ group: ['@tauri-apps/*'], message: 'Only the backend knows Tauri.' });
  return {
    files: [`src/${part}/**/*.{ts,tsx}`],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns }] },
  };
}

export default tseslint.config(
  { ignores: ['dist', 'dist-fixtures', 'test-results', 'playwright-report', 'src/backend/generated'] },
  js.configs.recommended,
  tseslint.configs.strict,
  reactHooks.configs.flat.recommended,
  jsxA11y.flatConfigs.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 400 }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // These two serve the React compiler, which is not used; elements reached through refs are scrolled by hand.
      'react-hooks/immutability': 'off',
      'react-hooks/preserve-manual-memoization': 'off',
      // The role gives a list its meaning again, which Safari drops from lists without bullets.
      'jsx-a11y/no-redundant-roles': ['error', { ul: ['list'] }],
      // A list of options is a listbox; its options take the focus, the list itself does not.
      'jsx-a11y/no-noninteractive-element-to-interactive-role': [
        'error',
        { ul: ['listbox'], li: ['option'] },
      ],
      'jsx-a11y/interactive-supports-focus': 'off',
    },
  },
  ...Object.entries(FORBIDDEN).map(([part, forbidden]) => layer(part, forbidden)),
  {
    files: ['tests/**', 'config/**', 'fixtures/**', '*.config.{js,ts}'],
    languageOptions: { globals: { ...globals.node } },
  },
  {
    files: ['tests/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[property.name='waitForTimeout']",
          message: 'Wait for what the window shows, not for time to pass.',
        },
      ],
    },
  },
);
