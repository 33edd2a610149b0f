export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.{ts,tsx}'],
  transform: { '^.+\\.tsx?$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.json' }] },
  moduleNameMapper: {
    '^chatkit-controllers$': '<rootDir>/src/index.ts',
    '^chatkit-controllers/attachments$': '<rootDir>/src/stores/disk-attachments/index.ts',
    '^chatkit-controllers/sqlite$': '<rootDir>/src/stores/sqlite/index.ts',
    '^chatkit-controllers/postgres$': '<rootDir>/src/stores/postgres/index.ts',
    '^chatkit-controllers/widgets$': '<rootDir>/src/widgets/components/index.ts',
    '^chatkit-controllers/widgets/(jsx.*)$': '<rootDir>/src/widgets/components/$1.ts',
    '^chatkit-controllers/(.*)$': ['<rootDir>/src/$1/public.ts', '<rootDir>/src/$1/index.ts'],
  },
  testTimeout: 20_000,
  maxWorkers: '100%', // by default one core is left free
};
